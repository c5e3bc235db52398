"""Many rows at once: put in with PostgreSQL's COPY, several times as fast as INSERT.

Nothing passes through `save()` and no signal is sent: the caller fills every column, as with `bulk_create`.
"""

from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models

_to_json = DjangoJSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def insert(model: type[models.Model], rows: Iterable[models.Model]) -> int:
    """Put new rows in; those without a key of their own are given one by the database. Returns how many."""
    rows = list(rows)
    if not rows:
        return 0
    names = [name for name in plain_values(rows[0]) if rows[0].pk is not None or name != model._meta.pk.name]
    return copy(model, names, (itemgetter(*names)(plain_values(row)) for row in rows))


def plain_values(row: models.Model) -> dict[str, Any]:
    """What a new row has in every column, by name of the field, as `copy` takes it."""
    return {
        field.name: _plain(field, field.pre_save(row, add=True))
        for field in row._meta.concrete_fields
        if not field.generated
    }


def copy(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Put new rows in from plain values of the named fields; what is not named, the database fills in.

    Rows in the hundred thousands: nothing is made of a row but what is sent. Text is `str` itself, no member
    of an enumeration. Returns how many there were.
    """
    fields = [model._meta.get_field(name) for name in names]
    json_places = [place for place, field in enumerate(fields) if isinstance(field, models.JSONField)]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    statement = f"COPY {quote(model._meta.db_table)} ({columns}) FROM STDIN"
    count = 0
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as sent:
        write = sent.write_row
        for row in rows:
            if json_places:
                row = list(row)
                for place in json_places:
                    row[place] = _to_json(row[place])
            write(row)
            count += 1
    return count


def reserve_keys(model: type[models.Model], count: int) -> Sequence[int]:
    """So many new keys of a table, for rows that refer to each other before they are put in."""
    with connection.cursor() as cursor:
        # The sequence's name is looked up once, not for every key.
        cursor.execute(
            "SELECT nextval(name.sequence) FROM "
            "(SELECT pg_get_serial_sequence(%s, %s)::regclass AS sequence OFFSET 0) AS name, "
            "generate_series(1, %s)",
            [model._meta.db_table, model._meta.pk.column, count],
        )
        return [key for (key,) in cursor.fetchall()]


def _plain(field: models.Field, value: Any) -> Any:
    """A field's value without what Django wraps it in."""
    is_text = isinstance(field, models.CharField | models.FileField)
    return str(value) if is_text and value is not None else value
