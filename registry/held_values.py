"""What a file holds, field by field, as plain text and numbers that a request can keep and compare.

A request keeps of each field what it was and what it shall be. Kept as codes and ids, it says the same in
every language, and that the file changed meanwhile is seen by comparing.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from core.arabic import clean
from core.dates import date_in_words
from core.masking import masked
from core.models import Commune
from core.templatetags.portal import spoken_phone
from registry.enums import Gender, Kind, MemberRole, QualificationKind
from registry.models import ChangeRequest, Craft, Registrant
from registry.models.registrant import NAME_FIELDS

PLAIN_FIELDS = (
    "kind",
    *NAME_FIELDS,
    "gender",
    "birth_date",
    "national_id",
    "phone",
    "email",
    "commune",
    "address",
    "supervisor",
)
AMENDABLE_FIELDS = (*PLAIN_FIELDS, "crafts", "qualification", "members", "photograph")
# What the card shows: it goes on showing the old value until another is made.
CARD_FIELDS = frozenset({"kind", *NAME_FIELDS, "crafts", "commune", "photograph"})
_LEFT_TO_RIGHT = frozenset({"national_id", "phone", "email", "supervisor"})
_CHOICES = {"kind": Kind, "gender": Gender}


def held_values(registrant: Registrant) -> dict[str, Any]:
    """Every field that can be amended, as it stands."""
    values = {
        name: _plain(getattr(registrant, registrant._meta.get_field(name).attname)) for name in PLAIN_FIELDS
    }
    values["valid_until"] = _plain(registrant.valid_until)
    values["crafts"] = [link.craft_id for link in registrant.craft_links.all()]
    qualification = registrant.qualifications.first()
    values["qualification"] = (
        [qualification.kind, qualification.title, qualification.years_of_exercise] if qualification else []
    )
    values["members"] = (
        [
            [
                member.registrant.nia if member.registrant else "",
                member.name_ar,
                member.name_latin,
                member.national_id,
                member.role,
            ]
            for member in registrant.members.select_related("registrant")
        ]
        if registrant.kind == Kind.COOPERATIVE
        else []
    )
    values["photograph"] = registrant.photograph.name or ""
    return values


def differences(registrant: Registrant, wanted: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Of what is wanted, only what differs from what is held: {field: {"old", "new"}}."""
    held = held_values(registrant)
    plain = {name: _plain(value) for name, value in wanted.items()}
    return {
        name: {"old": held[name], "new": plain[name]}
        for name in AMENDABLE_FIELDS
        if name in plain and plain[name] != held[name]
    }


def ordered_changes(request: ChangeRequest) -> list[tuple[str, dict[str, Any]]]:
    """What a request changes in the order of the file: the database keeps an order of its own."""
    names = [*AMENDABLE_FIELDS, "valid_until"]
    return sorted(request.changes.items(), key=lambda change: names.index(change[0]))


def changed_since(request: ChangeRequest) -> list[str]:
    """Fields that the file holds otherwise by now than when the request was made."""
    held = held_values(request.registrant)
    return [name for name, change in ordered_changes(request) if held[name] != change["old"]]


def field_label(name: str) -> str:
    if name == "crafts":
        return _("Crafts")
    if name == "qualification":
        return _("Proof of qualification")
    if name == "members":
        return _("Members")
    return str(Registrant._meta.get_field(name).verbose_name)


def is_left_to_right(name: str) -> bool:
    return name in _LEFT_TO_RIGHT or name.endswith("_latin")


def value_in_words(name: str, value: Any) -> str:
    """A kept value as the reader says it; empty where there is none."""
    if value in (None, "", []):
        return ""
    if name in _CHOICES:
        return str(_CHOICES[name](value).label)
    if name in {"birth_date", "valid_until"}:
        return date_in_words(date.fromisoformat(value))
    if name == "phone":
        return spoken_phone(value)
    if name == "commune":
        commune = Commune.objects.select_related("province").filter(pk=value).first()
        return f"{commune.name}{_(', ')}{commune.province.name}" if commune else value
    if name == "supervisor":
        return Registrant.objects.filter(pk=value).values_list("nia", flat=True).first() or ""
    if name == "crafts":
        names = {craft.pk: craft.name for craft in Craft.objects.filter(pk__in=value)}
        return _("، ").join(names.get(pk, "?") for pk in value)
    if name == "members":
        # The end of each number tells two people of one name apart, and tells no more than that.
        return _("، ").join(
            f"{name_ar} {masked(national_id)} ({MemberRole(role).label})"
            for _nia, name_ar, _latin, national_id, role in value
        )
    if name == "qualification":
        kind, title, years = value
        words = f"{QualificationKind(kind).label}{_(':')} {title}"
        return (
            words if years is None else _("%(proof)s (years: %(years)s)") % {"proof": words, "years": years}
        )
    return str(value)


def names_of(fields: Iterable[str]) -> str:
    """Fields in the reader's words, one after the other."""
    return _("، ").join(field_label(name) for name in fields)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return clean(value)
    return getattr(value, "pk", value)
