"""The rows of the open data: every place by each subject, and each region by all of them at once."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import product

from django.conf import settings

from registry.enums import ORGANISATION_KINDS, PERSON_KINDS, Gender
from registry.figures.disclosure import Sum, protect
from registry.models.figure import AgeBand

NATION = "MA"
# Stands in a column that a row does not divide by.
ALL = ""
# People whose principal craft is not known.
NO_CRAFT = "-"
# An organisation has neither gender nor age.
NONE = "none"

# place, branch, kind, gender, age
Cell = tuple[str, str, str, str, str]


def public_rows(cells: Iterable[tuple[str, str, int]]) -> list[list]:
    """What may be published of the counted cells: `[place, branch, kind, gender, age, number]` each.

    A number is None where it is withheld. `cells` are the lines of the subject CELL: region, key and number.
    """
    numbers: Counter[Cell] = Counter()
    provinces: dict[str, set[str]] = defaultdict(set)
    branches: set[str] = set()
    for region, key, number in cells:
        province, branch, kind, gender, age = key.split("|")
        branch, gender, age = branch or NO_CRAFT, gender or NONE, age or NONE
        provinces[region].add(province)
        branches.add(branch)
        for place in (NATION, region, province):
            for row in _one_by_one(place, branch, kind, gender, age):
                numbers[row] += number
        numbers[region, branch, kind, gender, age] += number
    places = {NATION: sorted(provinces)} | {region: sorted(within) for region, within in provinces.items()}
    sums = _sums(places, sorted(branches))
    for one in sums:
        for key in (one.total, *one.parts):
            numbers.setdefault(key, 0)
    published = protect(numbers, sums, settings.OPEN_DATA_THRESHOLD)
    return [[*key, published[key]] for key in sorted(published)]


def _one_by_one(place: str, branch: str, kind: str, gender: str, age: str) -> list[Cell]:
    """The rows of a place that somebody counts in, where only one subject divides."""
    rows = [
        (place, ALL, ALL, ALL, ALL),
        (place, branch, ALL, ALL, ALL),
        (place, ALL, kind, ALL, ALL),
        (place, ALL, ALL, gender, ALL),
    ]
    return rows if gender == NONE else [*rows, (place, ALL, ALL, gender, age)]


def _sums(places: dict[str, list[str]], branches: list[str]) -> list[Sum]:
    """Every sum that a reader can make of the rows."""
    kinds = [str(kind) for kind in (*PERSON_KINDS, *ORGANISATION_KINDS)]
    genders, ages = [str(gender) for gender in Gender], [str(band) for band in AgeBand]
    by_branch = [(branch, ALL, ALL, ALL) for branch in branches]
    by_kind = [(ALL, kind, ALL, ALL) for kind in kinds]
    by_gender = [(ALL, ALL, gender, ALL) for gender in (*genders, NONE)]
    by_age = {gender: [(ALL, ALL, gender, age) for age in ages] for gender in genders}
    total = (ALL, ALL, ALL, ALL)
    columns = [total, *by_branch, *by_kind, *by_gender, *(one for group in by_age.values() for one in group)]

    sums = []
    for place in {*places, *(child for children in places.values() for child in children)}:
        for parts in (by_branch, by_kind, by_gender):
            sums.append(Sum((place, *total), tuple((place, *part) for part in parts)))
        # Organisations are counted once by having no gender and once by their kinds.
        without_gender = tuple((place, ALL, str(kind), ALL, ALL) for kind in ORGANISATION_KINDS)
        sums.append(Sum((place, ALL, ALL, NONE, ALL), without_gender))
        for gender, parts in by_age.items():
            sums.append(Sum((place, ALL, ALL, gender, ALL), tuple((place, *part) for part in parts)))
    for place, children in places.items():
        for column in columns:
            sums.append(Sum((place, *column), tuple((child, *column) for child in children)))
    crossed = [
        *product(branches, map(str, PERSON_KINDS), genders, ages),
        *product(branches, map(str, ORGANISATION_KINDS), [NONE], [NONE]),
    ]
    for region in places[NATION]:
        sums += _sums_of_crossing(region, crossed, genders)
    return sums


def _sums_of_crossing(region: str, crossed: list[tuple], genders: list[str]) -> list[Sum]:
    groups: dict[Cell, list[Cell]] = defaultdict(list)
    for branch, kind, gender, age in crossed:
        cell = (region, branch, kind, gender, age)
        groups[region, branch, ALL, ALL, ALL].append(cell)
        groups[region, ALL, kind, ALL, ALL].append(cell)
        if gender in genders:
            groups[region, ALL, ALL, gender, age].append(cell)
        else:
            groups[region, ALL, ALL, gender, ALL].append(cell)
    return [Sum(total, tuple(parts)) for total, parts in groups.items()]
