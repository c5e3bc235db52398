"""What a list of crafts has that another has not, told before anything is done with it."""

from typing import NamedTuple

from core.arabic import fold
from registry.models import Craft, CraftList


class Comparison(NamedTuple):
    """Crafts that are new, those that are missing, and those whose name changed under the same code."""

    added: list[Craft]
    missing: list[Craft]
    renamed: list[tuple[Craft, Craft]]
    same: int


def compare(old: CraftList, new: CraftList) -> Comparison:
    """Compare two versions by code and folded Arabic name; the mapping is made by a person, not by this."""
    before = {craft.code: craft for craft in Craft.objects.of(old)}
    after = {craft.code: craft for craft in Craft.objects.of(new)}
    common = [(before[code], after[code]) for code in after if code in before]
    renamed = [(was, now) for was, now in common if fold(was.name_ar) != fold(now.name_ar)]
    return Comparison(
        added=[craft for code, craft in after.items() if code not in before],
        missing=[craft for code, craft in before.items() if code not in after],
        renamed=renamed,
        same=len(common) - len(renamed),
    )
