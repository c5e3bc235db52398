"""Given and family names as they are common in Morocco, in Arabic and Latin letters.

The names are words of the onomasticon (`names.csv`); who bears which pair of them here is chance. Names
of people widely known were left out. Where a name is written several ways in civil records, all are kept,
the most usual first, because searching and finding duplicates must live with that.
"""

import csv
import random
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path

# Where a name that is not common everywhere is at home, by region code (HCP).
HOMES = {
    "south": frozenset({"10", "11", "12"}),
    "amazigh": frozenset({"05", "08", "09"}),
    "rif": frozenset({"01", "02"}),
}
# How much more often such a name is met at home than its plain weight says.
AT_HOME = 6
# How often the most usual spelling is written, when there are several.
USUAL_SHARE = 0.6


@dataclass(frozen=True)
class Name:
    arabic: tuple[str, ...]
    latin: tuple[str, ...]
    weight: int
    home: str

    def written(self, rng: random.Random) -> tuple[str, str]:
        """The name as one office happened to write it: Arabic, Latin."""
        return _spelling(self.arabic, rng), _spelling(self.latin, rng)


@dataclass(frozen=True)
class NameList:
    """Names that one region draws from, with running sums of their weights."""

    names: tuple[Name, ...]
    sums: tuple[int, ...]

    def draw(self, rng: random.Random) -> Name:
        return rng.choices(self.names, cum_weights=self.sums)[0]


@cache
def all_names(kind: str) -> tuple[Name, ...]:
    """Every name of a list: `male`, `female` or `family`."""
    with Path(__file__).with_name("names.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(
            Name(
                tuple(row["arabic"].split("/")),
                tuple(row["latin"].split("/")),
                int(row["weight"]),
                row["where"],
            )
            for row in csv.DictReader(lines)
            if row["list"] == kind
        )


@cache
def names_of(kind: str, region_code: str) -> NameList:
    """The names met in a region: those common everywhere, and those at home there."""
    names = tuple(name for name in all_names(kind) if not name.home or region_code in HOMES[name.home])
    weights = (name.weight * (AT_HOME if name.home else 1) for name in names)
    return NameList(names, tuple(accumulate(weights)))


def _spelling(spellings: tuple[str, ...], rng: random.Random) -> str:
    if len(spellings) == 1 or rng.random() < USUAL_SHARE:
        return spellings[0]
    return rng.choice(spellings[1:])
