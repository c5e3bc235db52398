"""Many rows at once: put in with PostgreSQL's COPY, several times as fast as INSERT.

Nothing passes through `save()` and no signal is sent: the caller fills every column, as with `bulk_create`.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models

_to_json = DjangoJSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def insert(model: type[models.Model], rows: Iterable[models.Model]) -> int:
    """Put new rows in; those without a key of their own are given one by the database. Returns how many."""
    rows = list(rows)
    if not rows:
        return 0
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    if rows[0].pk is None:
        fields = [field for field in fields if not field.primary_key]
    values = ([field.pre_save(row, add=True) for field in fields] for row in rows)
    return copy(model, [field.name for field in fields], values)


def copy(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Put new rows in from plain values of the named fields; what is not named, the database fills in.

    Rows in the hundred thousands: nothing is made of a row but what is sent. Returns how many there were.
    """
    fields = [model._meta.get_field(name) for name in names]
    converters = [(place, made) for place, field in enumerate(fields) if (made := _converter(field))]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    statement = f"COPY {quote(model._meta.db_table)} ({columns}) FROM STDIN"
    count = 0
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as sent:
        write = sent.write_row
        for row in rows:
            if converters:
                row = list(row)
                for place, convert in converters:
                    row[place] = convert(row[place])
            write(row)
            count += 1
    return count


def reserve_keys(model: type[models.Model], count: int) -> Sequence[int]:
    """So many new keys of a table, for rows that refer to each other before they are put in."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [model._meta.db_table, model._meta.pk.column, count],
        )
        return [key for (key,) in cursor.fetchall()]


def _converter(field: models.Field) -> Callable[[Any], Any] | None:
    """What makes a field's value fit to be sent, where it is not so already."""
    if isinstance(field, models.JSONField):
        return _to_json
    if isinstance(field, models.FileField):
        return str
    if isinstance(field, models.CharField):
        # A member of a TextChoices is text by its value alone.
        return _text
    return None


def _text(value: Any) -> str | None:
    return value if type(value) is str or value is None else str(value)
