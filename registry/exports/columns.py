"""What a file may hold of people, and each column's value for one reader.

Headings are those that an import knows, so that a file taken out, mended and sent back is understood.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from django.db.models import Model
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.masking import MASKED_FIELDS, masked
from core.models import User
from core.roles import Permission
from core.templatetags.portal import spoken_phone
from registry.columns import COLUMNS as LISTED
from registry.enums import Flag
from registry.models import Registrant

Value = str | date | None


@dataclass(frozen=True)
class Column:
    key: str
    label: str | Promise
    of: Callable[[Any], Value]


def column_of(model: type[Model], name: str, label: str | Promise = "") -> Column:
    """A field's column under the field's own name: its choice in words, a moment as its day."""
    field = model._meta.get_field(name)

    def value(record: Model) -> Value:
        if field.choices:
            return getattr(record, f"get_{name}_display")()
        held = getattr(record, name)
        if isinstance(held, datetime):
            return timezone.localdate(held)
        return held if held is None or isinstance(held, date) else str(held)

    return Column(name, label or field.verbose_name, value)


def _fields(*names: str) -> list[Column]:
    return [column_of(Registrant, name) for name in names]


def _further_crafts(person: Registrant) -> str:
    return _(", ").join(link.craft.name for link in person.craft_links.all() if not link.is_principal)


# What the list shows, as text.
_OF_THE_LIST: dict[str, Callable[[Registrant], Value]] = {
    "nia": attrgetter("nia"),
    "national_id": attrgetter("national_id"),
    "phone": lambda person: spoken_phone(person.phone),
    "kind": lambda person: person.get_kind_display(),
    "gender": lambda person: person.get_gender_display(),
    "birth_date": attrgetter("birth_date"),
    "craft": lambda person: person.principal_craft.name if person.principal_craft else "",
    "commune": lambda person: person.commune.name,
    "province": lambda person: person.commune.province.name,
    "region": lambda person: person.region.name,
    "state": lambda person: person.get_state_display(),
    "card": lambda person: person.get_card_standing_display(),
    "flags": lambda person: _(", ").join(str(flag.label) for flag in Flag if flag in person.flags),
    "registered_on": attrgetter("registered_on"),
}
NAMES = ("name_ar", "name_latin")
PEOPLE = {
    column.key: column
    for column in (
        Column("name_ar", gettext_lazy("Name in Arabic"), attrgetter("name_ar")),
        Column("name_latin", gettext_lazy("Name in Latin letters"), attrgetter("name_latin")),
        *_fields(
            "family_name_ar",
            "given_name_ar",
            "family_name_latin",
            "given_name_latin",
            "organisation_name_ar",
            "organisation_name_latin",
        ),
        *(Column(key, label, _OF_THE_LIST[key]) for key, label in LISTED.items()),
        Column("further_crafts", gettext_lazy("Further crafts"), _further_crafts),
        *_fields("address", "email", "valid_until"),
    )
}


def of_person(
    *keys: str, person: Callable[[Any], Registrant | None] = attrgetter("registrant")
) -> list[Column]:
    """Columns of the person whom a record is about; empty where the reader may not know of them."""

    def through(of: Callable[[Any], Value]) -> Callable[[Any], Value]:
        return lambda record: of(found) if (found := person(record)) else None

    return [Column(key, PEOPLE[key].label, through(PEOPLE[key].of)) for key in keys]


def row_of(record: Any, columns: Sequence[Column], reader: User) -> list[Value]:
    """One record's values; identity numbers in part for whoever need not see them whole."""
    whole = reader.can(Permission.SEE_IDENTITY_NUMBERS)
    row = [(column, column.of(record)) for column in columns]
    return [
        masked(str(value or "")) if column.key in MASKED_FIELDS and not whole else value
        for column, value in row
    ]
