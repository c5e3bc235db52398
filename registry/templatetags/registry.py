"""How the register's states look."""

from functools import cache

from django import template
from django.db.models import TextChoices
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.markup import escaped
from core.masking import masked
from core.models import User
from core.models.territory import in_readers_language
from core.roles import Permission
from core.templatetags.portal import ltr, moroccan_date, phone
from registry.enums import (
    ApplicationState,
    CardStanding,
    ChangeState,
    DataRequestState,
    Flag,
    Gender,
    Kind,
    ProceedingStage,
    RegistrantState,
)
from registry.models import Registrant
from registry.results import Line
from registry.search.marking import marked_words

register = template.Library()

_KINDS = {
    RegistrantState.CANDIDATE: "neutral",
    RegistrantState.REGISTERED: "success",
    RegistrantState.REINSTATED: "success",
    RegistrantState.SUSPENDED: "warning",
    RegistrantState.STRUCK_OFF: "danger",
    ApplicationState.DRAFT: "neutral",
    ApplicationState.SUBMITTED: "info",
    ApplicationState.TO_CORRECT: "warning",
    ApplicationState.APPROVED: "success",
    ApplicationState.REJECTED: "danger",
    ProceedingStage.NOTIFIED: "info",
    ProceedingStage.REPLIED: "warning",
    ProceedingStage.DROPPED: "neutral",
    ProceedingStage.DECIDED: "danger",
    ProceedingStage.APPEALED: "warning",
    ProceedingStage.CONFIRMED: "danger",
    ProceedingStage.OVERTURNED: "success",
    ProceedingStage.LIFTED: "success",
    ChangeState.ASKED: "warning",
    ChangeState.REFUSED: "danger",
    ChangeState.WITHDRAWN: "neutral",
    DataRequestState.OPEN: "warning",
    DataRequestState.ANSWERED: "success",
    DataRequestState.REFUSED: "danger",
}


@register.filter
def identity_number(registrant: Registrant, reader: User | None) -> SafeString | str:
    """The identity number, whole for those whose task needs it; its two last characters for the others."""
    number = registrant.national_id
    if not (reader and reader.can(Permission.SEE_IDENTITY_NUMBERS)):
        number = masked(number)
    return ltr(number)


@register.filter
def sees_scans(reader: User) -> bool:
    """Whether scans open for this reader: an identity card shows the number that others see masked."""
    return reader.can(Permission.SEE_IDENTITY_NUMBERS)


def marked(name: str, words: frozenset[str]) -> SafeString | str:
    """The name with the words marked that a search matched, in whichever script."""
    if not words:
        return name
    return SafeString(
        " ".join(
            f"<mark>{escaped(word)}</mark>" if is_match else escaped(word)
            for word, is_match in marked_words(name, words)
        )
    )


@register.simple_tag
def register_lines(lines: list[Line], columns: list[tuple[str, str]], reader: User) -> SafeString:
    """The rows of the register's list: who it is and why, then the columns; a dash where there is nothing.

    A page has some two hundred cells: in templates they would take longer than the search.
    """
    before, _zero, after = reverse("registry:detail", args=[0]).rpartition("0")
    made = [(f'<td data-label="{escaped(heading)}">', _CELLS[column]) for column, heading in columns]
    rows = []
    for line in lines:
        head = _who(line, f"{before}{line.person.pk}{after}")
        shown = [f"{opening}{escaped(cell(line.person, reader) or '—')}</td>" for opening, cell in made]
        rows.append(f"<tr>{head}{''.join(shown)}</tr>")
    return SafeString("".join(rows))


def _who(line: Line, address: str) -> str:
    """The name in both scripts, with what was matched marked, and why this person was found."""
    person, words = line.person, line.words
    second = [f"<bdi>{escaped(marked(person.other_name, words))}</bdi>"]
    if line.representative:
        represented = f"{_('Represented by')}{_(':')}"
        second.append(f"{escaped(represented)} <bdi>{escaped(marked(line.representative, words))}</bdi>")
    under = [f'<span class="second-line">{part}</span>' for part in second]
    if line.reason:
        under.append(f'<span class="second-line match-reason">{escaped(line.reason)}</span>')
    name = f'<a href="{address}">{escaped(marked(person.name, words))}</a>'
    return f'<th scope="row">{name}{"".join(under)}</th>'


@register.filter
def state_kind(state: str) -> str:
    """The colour and icon that go with a state's word."""
    return _KINDS.get(state, "neutral")


@register.filter
def flag_words(flags: list[str]) -> list[str]:
    """The flags as words, in the order of the list."""
    return [flag.label for flag in Flag if flag in flags]


_TRACKING = {
    ApplicationState.DRAFT: ("unknown", "pencil-square"),
    ApplicationState.SUBMITTED: ("not_yet_valid", "clock"),
    ApplicationState.TO_CORRECT: ("expired", "exclamation-triangle"),
    ApplicationState.APPROVED: ("valid", "check-circle"),
    ApplicationState.REJECTED: ("revoked", "x-circle"),
}


@register.filter
def tracking_look(state: str) -> str:
    """The colour of an answer, one of those that the check of a card uses."""
    return _TRACKING[state][0]


@register.filter
def tracking_icon(state: str) -> str:
    return _TRACKING[state][1]


@cache
def _badge(word: str, kind: str) -> SafeString:
    return render_to_string("components/badge.html", {"word": word, "kind": kind, "icon": ""})


@cache
def _labels(choices: type[TextChoices]) -> dict[str, str]:
    return dict(choices.choices)


def _label(choices: type[TextChoices], value: str) -> str:
    """What `get_..._display` says: that puts the choices together anew for each cell."""
    return _labels(choices).get(value, value)


# What a registrant shows in each of `registry.columns`; fetched by `RegistrantQuerySet.with_columns`.
_CELLS = {
    "nia": lambda person, reader: ltr(person.nia),
    "national_id": lambda person, reader: person.national_id and identity_number(person, reader),
    "phone": lambda person, reader: phone(person.phone),
    "kind": lambda person, reader: _label(Kind, person.kind),
    "gender": lambda person, reader: _label(Gender, person.gender),
    "birth_date": lambda person, reader: moroccan_date(person.birth_date),
    "craft": lambda person, reader: in_readers_language(person.craft_name_ar, person.craft_name_fr),
    "commune": lambda person, reader: person.commune.name,
    "province": lambda person, reader: person.commune.province.name,
    "region": lambda person, reader: person.region.name,
    "state": lambda person, reader: _badge(
        str(_label(RegistrantState, person.state)), state_kind(person.state)
    ),
    "card": lambda person, reader: _label(CardStanding, person.card_standing),
    "flags": lambda person, reader: _("، ").join(map(str, flag_words(person.flags))),
    "registered_on": lambda person, reader: moroccan_date(person.registered_on),
}
