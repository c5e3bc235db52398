"""A request as people read it: what was and what shall be, side by side, and who may see how much of it."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from core.masking import MASKED_FIELDS, masked
from core.models import User
from core.roles import Permission
from registry.enums import CardStanding, ChangeState
from registry.held_values import (
    CARD_FIELDS,
    changed_since,
    field_label,
    is_left_to_right,
    ordered_changes,
    value_in_words,
)
from registry.models import ChangeRequest

_CARD_IS_OUT = (CardStanding.ORDERED, CardStanding.MADE, CardStanding.HANDED_OVER)


@dataclass(frozen=True)
class Part:
    """Some words of a value, and whether the other side lacks them."""

    text: str
    differs: bool


@dataclass(frozen=True)
class ChangeRow:
    """One field: the value held and the value proposed."""

    name: str
    label: str
    old: list[Part]
    new: list[Part]
    left_to_right: bool
    changed_since: bool


def rows_of(change: ChangeRequest, reader: User) -> list[ChangeRow]:
    """The fields that a request changes, in the order of the file."""
    stale = changed_since(change) if change.is_open else []
    rows = []
    for name, values in ordered_changes(change):
        if name == "photograph":
            continue
        old, new = (_words(name, values[side], reader) for side in ("old", "new"))
        parts = _compared(old, new)
        rows.append(ChangeRow(name, field_label(name), *parts, is_left_to_right(name), name in stale))
    return rows


def card_shows_old_value(change: ChangeRequest) -> bool:
    """Whether a card that is out would go on, or goes on, showing what this request replaces."""
    return change.registrant.card_standing in _CARD_IS_OUT and not CARD_FIELDS.isdisjoint(change.changes)


def holds_the_file(change: ChangeRequest, reader: User) -> bool:
    return reader.sees_all_regions or reader.region_id == change.registrant.region_id


def sees_the_person(change: ChangeRequest, reader: User) -> bool:
    """A chamber that asks for another's file sees nothing of it until its holder releases the request.

    Afterwards it sees what it needs for the decision, and no more once that is refused or taken back.
    """
    if holds_the_file(change, reader) or reader.region_id == change.region_id:
        return True
    return change.state in {ChangeState.SUBMITTED, ChangeState.APPROVED}


def _words(name: str, value: Any, reader: User) -> str:
    if name in MASKED_FIELDS and not reader.can(Permission.SEE_IDENTITY_NUMBERS):
        return masked(value or "")
    return value_in_words(name, value)


def _compared(old: str, new: str) -> tuple[list[Part], list[Part]]:
    """Both sides word by word, so that one changed letter in a long address is seen."""
    before, after = old.split(), new.split()
    olds, news = [], []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if i1 < i2:
            olds.append(Part(" ".join(before[i1:i2]), tag != "equal"))
        if j1 < j2:
            news.append(Part(" ".join(after[j1:j2]), tag != "equal"))
    return olds, news
