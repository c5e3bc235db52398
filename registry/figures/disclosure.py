"""Numbers made fit to be published: none of them tells of a person, alone or set against others.

Three rules, in this order. Every number, total or part, is rounded by itself to the nearest multiple of the
threshold, so that what is left after subtracting is never exact, nor does one person more or less show from
one day to the next. Numbers under the threshold are withheld, nought included. And where what is published
beside a withheld number would still narrow it down to a few values, a neighbour is withheld too.

To know where, we go through the sums as a curious reader would: each published number stands for the range
that is rounded to it, each withheld one for what is under the threshold, and every sum narrows its members
until nothing moves any more (bounds propagation).
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

_NO_END = 10**12

Key = Hashable


@dataclass(frozen=True)
class Sum:
    """A published number that is the sum of other published numbers."""

    total: Key
    parts: tuple[Key, ...]


def protect(numbers: Mapping[Key, int], sums: Iterable[Sum], threshold: int) -> dict[Key, int | None]:
    """The numbers as they may be published; None is withheld."""
    sums = tuple(sums)
    withheld = {key for key, number in numbers.items() if number < threshold}
    small = frozenset(withheld)
    while True:
        bounds, narrowed_by = _narrow(numbers, sums, threshold, withheld, small)
        too_narrow = [key for key in small if bounds[key][1] - bounds[key][0] + 1 < _least_width(threshold)]
        more = {
            neighbour
            for key in too_narrow
            if (neighbour := _neighbour(numbers, narrowed_by[key], withheld)) is not None
        }
        if not more:
            break
        withheld |= more
    return {key: None if key in withheld else rounded(numbers[key], threshold) for key in numbers}


def rounded(number: int, base: int) -> int:
    """The nearest multiple of the base; halves go up."""
    return (number + base // 2) // base * base


def _least_width(threshold: int) -> int:
    """Among how many values a withheld number must remain hidden: half of what "under the threshold" says."""
    return max(2, threshold // 2)


def _narrow(numbers, sums, threshold, withheld, small) -> tuple[dict, dict]:
    """What a reader can work out: least and most of every number, and the sum that narrowed it last."""
    bounds, narrowed_by = {}, {}
    for key, number in numbers.items():
        if key in small:
            bounds[key] = (0, threshold - 1)
        elif key in withheld:
            bounds[key] = (0, _NO_END)
        else:
            least = rounded(number, threshold) - threshold // 2
            bounds[key] = (max(threshold, least), least + threshold - 1)
    concerned = defaultdict(list)
    for index, one in enumerate(sums):
        for key in (one.total, *one.parts):
            concerned[key].append(index)
    waiting = set(range(len(sums)))
    while waiting:
        one = sums[waiting.pop()]
        for key in _tighten(one, bounds):
            narrowed_by[key] = one
            waiting.update(concerned[key])
    return bounds, narrowed_by


def _tighten(one: Sum, bounds: dict) -> list[Key]:
    """Narrow the members of a sum by each other; returns those that moved."""
    least = sum(bounds[part][0] for part in one.parts)
    most = sum(bounds[part][1] for part in one.parts)
    low, high = bounds[one.total]
    moved = _set(bounds, one.total, max(low, least), min(high, most))
    low, high = bounds[one.total]
    for part in one.parts:
        own_low, own_high = bounds[part]
        # The others together are between `least - own_low` and `most - own_high`.
        moved += _set(
            bounds, part, max(own_low, low - (most - own_high)), min(own_high, high - (least - own_low))
        )
    return moved


def _set(bounds: dict, key: Key, low: int, high: int) -> list[Key]:
    if (low, high) == bounds[key]:
        return []
    bounds[key] = (low, high)
    return [key]


def _neighbour(numbers: Mapping, narrowed_by: Sum, withheld: set) -> Key | None:
    """The smallest published part of the sum that told too much; the total where no part is left."""
    parts = [part for part in narrowed_by.parts if part not in withheld]
    if parts:
        return min(parts, key=lambda part: (numbers[part], str(part)))
    return narrowed_by.total if narrowed_by.total not in withheld else None
