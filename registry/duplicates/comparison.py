"""Two entries side by side, line by line, as far as the reader may see each."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.dates import date_in_words
from core.masking import masked
from core.models import User
from core.templatetags.portal import spoken_phone
from registry.models import DuplicatePair, Registrant

# What is not shown of somebody in another region: only whether it is the same.
_HIDDEN = frozenset({"email", "workplace", "supervisor", "qualifications"})
_MASKED = frozenset({"national_id", "phone"})


@dataclass(frozen=True)
class Line:
    """One line of the comparison. `choice` is a name of `merge_snapshot.CHOICES`; empty: not to be chosen."""

    choice: str
    label: str
    values: tuple[str, str]
    is_same: bool
    is_number: bool = False

    @property
    def is_empty(self) -> bool:
        return not any(self.values)


def compare_lines(pair: DuplicatePair, user: User) -> list[Line]:
    """Everything that is compared; a line that is empty on both sides is left out."""
    both = (pair.first, pair.second)
    lines = []
    for choice, label, value_of in _lines():
        values = tuple(value_of(person) for person in both)
        shown = tuple(
            _narrowed(choice, value, may_see(person, user))
            for person, value in zip(both, values, strict=True)
        )
        line = Line(choice.removeprefix("-"), str(label), shown, values[0] == values[1], choice in _NUMBERS)
        if any(values):
            lines.append(line if not choice.startswith("-") else _unchosen(line))
    return lines


def may_see(registrant: Registrant, user: User) -> bool:
    return user.sees_all_regions or registrant.region_id == user.region_id


_NUMBERS = frozenset({"national_id", "phone", "-nia"})


def _unchosen(line: Line) -> Line:
    return Line("", line.label, line.values, line.is_same, line.is_number)


def _narrowed(choice: str, value: str, is_seen: bool) -> str:
    if is_seen or not value:
        return value
    if choice in _MASKED:
        return masked(value)
    return _("Kept by the chamber there") if choice in _HIDDEN else value


def _lines() -> list[tuple[str, object, Callable[[Registrant], str]]]:
    """What is compared: the name of the choice (with a hyphen: shown only), its label, its value in words."""
    return [
        ("-nia", gettext_lazy("Registration number (NIA)"), lambda p: p.nia or ""),
        ("-state", gettext_lazy("State"), lambda p: str(p.get_state_display())),
        ("-kind", gettext_lazy("Kind"), lambda p: str(p.get_kind_display())),
        ("name_ar", gettext_lazy("Name in Arabic"), lambda p: p.person_name_ar),
        ("name_latin", gettext_lazy("Name in Latin letters"), lambda p: p.person_name_latin),
        ("organisation_name", gettext_lazy("Organisation's name"), _organisation),
        ("national_id", gettext_lazy("National identity number"), lambda p: p.national_id),
        ("birth_date", gettext_lazy("Birth date"), lambda p: date_in_words(p.birth_date)),
        ("gender", gettext_lazy("Gender"), lambda p: str(p.get_gender_display())),
        ("phone", gettext_lazy("Mobile telephone"), lambda p: spoken_phone(p.phone)),
        ("email", gettext_lazy("E-mail"), lambda p: p.email),
        ("-region", gettext_lazy("Region"), lambda p: str(p.region)),
        ("-commune", gettext_lazy("Commune"), lambda p: str(p.commune)),
        (
            "workplace",
            gettext_lazy("Workplace"),
            lambda p: _("، ").join(filter(None, [str(p.commune), p.address])),
        ),
        (
            "crafts",
            gettext_lazy("Crafts"),
            lambda p: _("، ").join(link.craft.name for link in p.craft_links.all()),
        ),
        ("qualifications", gettext_lazy("Proof of qualification"), _qualifications),
        (
            "supervisor",
            gettext_lazy("Supervising artisan"),
            lambda p: p.supervisor.nia if p.supervisor else "",
        ),
        ("-registered_on", gettext_lazy("Registered on"), lambda p: _day(p.registered_on)),
        ("-created_at", gettext_lazy("On file since"), lambda p: date_in_words(p.created_at.date())),
    ]


def _organisation(registrant: Registrant) -> str:
    names = (registrant.organisation_name_ar, registrant.organisation_name_latin)
    return " / ".join(filter(None, names))


def _qualifications(registrant: Registrant) -> str:
    return _("، ").join(
        f"{proof.get_kind_display()} ({proof.title})" for proof in registrant.qualifications.all()
    )


def _day(day) -> str:
    return date_in_words(day) if day else ""
