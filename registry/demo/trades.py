"""Which crafts demo people exercise: by woman and man, and only where a local craft is at home."""

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

# Weights of a branch for women and for men; invented, so that lists and charts look plausible.
BRANCH_WEIGHTS = {
    "P01": (30, 10),
    "P02": (3, 9),
    "P03": (26, 4),
    "P04": (3, 4),
    "P05": (1, 9),
    "P06": (1, 8),
    "P07": (4, 6),
    "P08": (5, 2),
    "P09": (4, 3),
    "P10": (1, 8),
    "S01": (1, 17),
    "S02": (1, 14),
    "S03": (18, 6),
}
OTHER_BRANCH = (2, 2)
# Crafts named after a place, with the regions (HCP codes) where they are exercised.
AT_HOME_IN = {
    "P01-04": {"02"},
    "P01-05": {"02"},
    "P01-07": {"02"},
    "P01-08": {"02"},
    "P01-10": {"04"},
    "P01-11": {"03"},
    "P01-12": {"04"},
    "P01-13": {"10", "11", "12"},
    "P01-14": {"10", "11", "12"},
    "P03-02": {"04"},
    "P03-03": {"03"},
    "P03-04": {"05"},
    "P03-05": {"03"},
    "P03-06": {"02"},
    "P03-09": {"05"},
    "P04-03": {"07"},
    "P04-05": {"09"},
    "P04-06": {"10", "11", "12"},
    "P05-05": {"03"},
    "P06-09": {"03"},
    "P10-02": {"01"},
}
AT_HOME_WEIGHT = 4


class Trade(NamedTuple):
    """A craft of the nomenclature in use."""

    code: str
    branch_code: str


def shares(crafts: Sequence[Trade], region_code: str, gender: str) -> tuple[list[Trade], list[float]]:
    """The crafts of a region with the running sums of their weights."""
    sizes: dict[str, int] = {}
    here = [craft for craft in crafts if region_code in AT_HOME_IN.get(craft.code, {region_code})]
    for craft in here:
        sizes[craft.branch_code] = sizes.get(craft.branch_code, 0) + 1
    column = 0 if gender == "female" else 1
    weights = (
        BRANCH_WEIGHTS.get(craft.branch_code, OTHER_BRANCH)[column]
        / sizes[craft.branch_code]
        * (AT_HOME_WEIGHT if craft.code in AT_HOME_IN else 1)
        for craft in here
    )
    return here, list(accumulate(weights))
