"""Cards named by their number in the batch: `1-25, 30`."""

import re
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.arabic import clean, digits

_RANGE = re.compile(r"(\d{1,6})(?:-(\d{1,6}))?")
_DASHES = re.compile(r"\s*[-\u2010-\u2015\u2212]\s*")
_BETWEEN = re.compile(r"[\s,;\u060c\u061b]+")
MOST_TYPED = 2000


def parse_positions(text: str, *, most: int) -> list[int]:
    """The numbers of a list such as `1-25, 30`, in order and each once; digits of either script.

    Raises:
        ValidationError: no number, something else, a range the wrong way round, or a number above `most`.
    """
    typed = _DASHES.sub("-", digits(clean(text[:MOST_TYPED])))
    found: set[int] = set()
    for part in filter(None, _BETWEEN.split(typed)):
        match = _RANGE.fullmatch(part)
        if not match:
            raise ValidationError(
                _("“%(part)s” is no number. Write numbers and ranges such as 1-25, 30."),
                code="no_number",
                params={"part": part[:20]},
            )
        first, last = int(match[1]), int(match[2] or match[1])
        if not 1 <= first <= last <= most:
            raise ValidationError(
                _("“%(part)s”: the cards of this batch have the numbers 1 to %(most)s."),
                code="out_of_range",
                params={"part": part, "most": most},
            )
        found.update(range(first, last + 1))
    if not found:
        raise ValidationError(_("Write at least one number."), code="empty")
    return sorted(found)


def to_ranges(positions: Iterable[int]) -> list[list[int]]:
    """Numbers as [first, last] of each run without a gap."""
    ranges: list[list[int]] = []
    for position in sorted(set(positions)):
        if ranges and ranges[-1][1] == position - 1:
            ranges[-1][1] = position
        else:
            ranges.append([position, position])
    return ranges


def in_words(ranges: Iterable[Iterable[int]]) -> str:
    """Ranges as they are typed: `1-25, 30`."""
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in ranges)
