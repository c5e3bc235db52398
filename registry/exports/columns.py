"""What a file of the register's list may hold, each column with its value for one reader.

Headings are those that an import knows, so that a file taken out, mended and sent back is understood.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.masking import masked
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
    of: Callable[[Registrant], Value]


def _field(name: str) -> Callable[[Registrant], Value]:
    return lambda person: getattr(person, name)


def _column_of_field(name: str) -> Column:
    return Column(name, Registrant._meta.get_field(name).verbose_name, _field(name))


def _further_crafts(person: Registrant) -> str:
    return _(", ").join(link.craft.name for link in person.craft_links.all() if not link.is_principal)


# What the list shows, as text.
_OF_THE_LIST: dict[str, Callable[[Registrant], Value]] = {
    "nia": _field("nia"),
    "national_id": _field("national_id"),
    "phone": lambda person: spoken_phone(person.phone),
    "kind": lambda person: person.get_kind_display(),
    "gender": lambda person: person.get_gender_display(),
    "birth_date": _field("birth_date"),
    "craft": lambda person: person.principal_craft.name if person.principal_craft else "",
    "commune": lambda person: person.commune.name,
    "province": lambda person: person.commune.province.name,
    "region": lambda person: person.region.name,
    "state": lambda person: person.get_state_display(),
    "card": lambda person: person.get_card_standing_display(),
    "flags": lambda person: _(", ").join(str(flag.label) for flag in Flag if flag in person.flags),
    "registered_on": _field("registered_on"),
}
NAMES = ("name_ar", "name_latin")
COLUMNS = {
    column.key: column
    for column in (
        Column("name_ar", gettext_lazy("Name in Arabic"), _field("name_ar")),
        Column("name_latin", gettext_lazy("Name in Latin letters"), _field("name_latin")),
        *map(
            _column_of_field,
            (
                "family_name_ar",
                "given_name_ar",
                "family_name_latin",
                "given_name_latin",
                "organisation_name_ar",
                "organisation_name_latin",
            ),
        ),
        *(Column(key, label, _OF_THE_LIST[key]) for key, label in LISTED.items()),
        Column("further_crafts", gettext_lazy("Further crafts"), _further_crafts),
        *map(_column_of_field, ("address", "email", "valid_until")),
    )
}


def columns_of(keys: Sequence[str]) -> list[Column]:
    """The chosen columns, in the order of the file."""
    return [column for key, column in COLUMNS.items() if key in keys]


def row_of(person: Registrant, columns: Sequence[Column], reader: User) -> list[Value]:
    """One person's values; the identity number in part for whoever need not see it whole."""
    whole = reader.can(Permission.SEE_IDENTITY_NUMBERS)
    return [
        masked(person.national_id) if column.key == "national_id" and not whole else column.of(person)
        for column in columns
    ]
