"""Which craft of a new list an old one is: by code, by folded names, by likeness."""

from collections.abc import Iterable
from typing import NamedTuple

from rapidfuzz import fuzz, process

from core.arabic import fold
from registry.models import Craft

# Below this a proposal would cost more time than looking for oneself.
ENOUGH = 70
CERTAIN = 100
_CODE_COUNTS = 8
_BRANCH_COUNTS = 4


class Proposal(NamedTuple):
    """The likeliest craft and how alike it is, of 100; 100 only where code and both names are the same."""

    craft: Craft | None
    score: int


class CraftMatcher:
    """Looks crafts up in one list, its names folded once."""

    def __init__(self, crafts: Iterable[Craft]):
        self.crafts = list(crafts)
        self.names_ar = [fold(craft.name_ar) for craft in self.crafts]
        self.names_fr = [fold(craft.name_fr) for craft in self.crafts]

    def ranked(self, old: Craft, limit: int = 8) -> list[Proposal]:
        """The likeliest crafts, best first."""
        ar = process.cdist([fold(old.name_ar)], self.names_ar, scorer=fuzz.token_sort_ratio)[0]
        fr = process.cdist([fold(old.name_fr)], self.names_fr, scorer=fuzz.token_sort_ratio)[0]
        scores = [
            Proposal(craft, self._score(old, craft, float(a), float(f)))
            for craft, a, f in zip(self.crafts, ar, fr, strict=True)
        ]
        return sorted(scores, key=lambda one: (-one.score, one.craft.code))[:limit]

    def best(self, old: Craft) -> Proposal:
        """The one to propose; none where nothing is alike enough."""
        first = next(iter(self.ranked(old, limit=1)), Proposal(None, 0))
        return first if first.score >= ENOUGH else Proposal(None, 0)

    @staticmethod
    def _score(old: Craft, new: Craft, arabic: float, french: float) -> int:
        if old.code == new.code and arabic == french == 100:
            return CERTAIN
        # The same craft often keeps one name to the letter while the other is worded anew.
        alike = 0.75 * max(arabic, french) + 0.25 * min(arabic, french)
        alike += _CODE_COUNTS * (old.code == new.code)
        alike += _BRANCH_COUNTS * (fold(old.branch.name_ar) == fold(new.branch.name_ar))
        return min(CERTAIN - 1, round(alike))
