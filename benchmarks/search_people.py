# ruff: noqa: E501
"""Made-up registrants by the million, drawn by lot; the same ones for the same number."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import numpy as np

from benchmarks.name_lore import family_names
from core.arabic import fold
from registry.demo.names import USUAL_SHARE, all_names
from registry.demo.people import places

SEED = 20260101
KINDS = ("artisan", "master_artisan", "cooperative", "enterprise")
KIND_SHARES = (0.70, 0.21, 0.06, 0.03)
STATES = ("registered", "suspended", "struck_off", "reinstated", "candidate")
STATE_SHARES = (0.945, 0.015, 0.03, 0.005, 0.005)
NEWEST = 0.97
CARDS = ("none", "ordered", "made", "handed_over", "stopped")
CARD_SHARES = (0.30, 0.03, 0.12, 0.53, 0.02)
FLAGS = (
    "{}",
    "{photograph_missing}",
    "{document_missing}",
    "{possible_duplicate}",
    "{photograph_missing,document_missing}",
)
FLAG_SHARES = (0.86, 0.07, 0.05, 0.01, 0.01)
WOMEN = 0.46
TWO_CRAFTS = 0.2
SECOND_GIVEN_NAME = 0.06
FIRST_DAY = date(2023, 1, 2)
DAYS = 1_095


@dataclass(frozen=True)
class Spellings:
    """Names of one list: for each of them (Arabic, its fold), (Latin, its fold), and running shares."""

    arabic: list[list[tuple[str, str]]]
    latin: list[list[tuple[str, str]]]
    shares: np.ndarray


@cache
def spellings(kind: str) -> Spellings:
    names = family_names() if kind == "family" else all_names(kind)
    weights = np.array([name.weight for name in names], dtype=float)
    return Spellings(
        [[(text, fold(text)) for text in name.arabic] for name in names],
        [[(text, fold(text)) for text in name.latin] for name in names],
        np.cumsum(weights / weights.sum()),
    )


COLUMNS = (
    "id", "kind", "state", "nia", "region_id", "commune_id", "given_name_ar", "family_name_ar", "given_name_latin",
    "family_name_latin", "organisation_name_ar", "organisation_name_latin", "name_key", "gender", "birth_date",
    "national_id", "phone", "flags", "card_standing", "registered_on", "supervisor_id", "created_at", "updated_at",
)  # fmt: skip
_DAY = [(FIRST_DAY + timedelta(days=day)).isoformat() for day in range(DAYS)]
_BIRTH = [(date(1945, 1, 1) + timedelta(days=day)).isoformat() for day in range(61 * 365)]


def rows(start: int, length: int, count: int, crafts: list[int]) -> tuple[list[str], str]:
    """Lines of the registrants from `start` on, of `count` in all, and of their crafts, as COPY takes them."""
    rng = np.random.default_rng([SEED, start])
    communes = places()
    shares = np.cumsum([place.population for place in communes], dtype=float)
    where = np.searchsorted(shares, rng.random(length) * shares[-1], side="right")
    kinds, states, cards, flags = (
        np.searchsorted(np.cumsum(part), rng.random(length) * 0.999999).tolist()
        for part in (KIND_SHARES, STATE_SHARES, CARD_SHARES, FLAG_SHARES)
    )
    women = (rng.random(length) < WOMEN).tolist()
    given = {kind: _drawn(rng, spellings(kind), length) for kind in ("male", "female")}
    second = {kind: _drawn(rng, spellings(kind), length) for kind in ("male", "female")}
    has_second = (rng.random(length) < SECOND_GIVEN_NAME).tolist()
    family = _drawn(rng, spellings("family"), length)
    born = rng.integers(0, len(_BIRTH), length).tolist()
    days = rng.integers(0, 40, length).tolist()
    # Some crafts are met a hundred times as often as others.
    craft_shares = np.cumsum(1 / (np.arange(len(crafts)) + 1.5))
    first_craft, second_craft = (
        np.searchsorted(craft_shares, rng.random(length) * craft_shares[-1]).tolist() for _ in range(2)
    )
    two = (rng.random(length) < TWO_CRAFTS).tolist()

    people, links = [], []
    for row in range(length):
        number = start + row + 1
        place = communes[where[row]]
        sex = "female" if women[row] else "male"
        (given_ar, given_ar_fold), (given_latin, given_latin_fold) = given[sex][row]
        (family_ar, family_ar_fold), (family_latin, family_latin_fold) = family[row]
        if has_second[row]:
            (other_ar, other_ar_fold), (other_latin, other_latin_fold) = second[sex][row]
            given_ar, given_ar_fold = f"{given_ar} {other_ar}", f"{given_ar_fold} {other_ar_fold}"
            given_latin, given_latin_fold = (
                f"{given_latin} {other_latin}",
                f"{given_latin_fold} {other_latin_fold}",
            )
        kind = KINDS[kinds[row]]
        organisation_ar = organisation_latin = organisation_fold = ""
        if kind == "cooperative":
            organisation_ar, organisation_latin = f"تعاونية {family_ar}", f"Coopérative {family_latin}"
            organisation_fold = f"تعاونيه {family_ar_fold}|cooperative {family_latin_fold}"
        elif kind == "enterprise":
            organisation_ar, organisation_latin = f"مقاولة {family_ar}", f"Entreprise {family_latin}"
            organisation_fold = f"مقاوله {family_ar_fold}|entreprise {family_latin_fold}"
        key = f"{given_ar_fold}|{family_ar_fold}|{given_latin_fold}|{family_latin_fold}|{organisation_fold or '|'}"
        state, card = STATES[states[row]], CARDS[cards[row]]
        if number > count * NEWEST:
            # The newest have no card yet, and half of them no number.
            state, card = ("candidate" if number % 2 else state), CARDS[number % 8 == 0]
        day = _DAY[min(DAYS - 1, number * (DAYS - 40) // count + days[row])]
        nia, registered = (
            (r"\N", r"\N")
            if state == "candidate"
            else (f"{place.region_code}-{number:07d}-{number % 7}", day)
        )
        supervisor = max(1, number - 1) if kind == "enterprise" else r"\N"
        moment = f"{day} 10:00:00+00"
        people.append(
            f"{number}\t{kind}\t{state}\t{nia}\t{place.region_code}\t{place.code}\t{given_ar}\t{family_ar}\t{given_latin}"
            f"\t{family_latin}\t{organisation_ar}\t{organisation_latin}\t{key}\t{sex}\t{_BIRTH[born[row]]}"
            f"\tZ{chr(65 + number // 1_000_000)}{number % 1_000_000:06d}\t+2126{number:08d}\t{FLAGS[flags[row]]}"
            f"\t{card}\t{registered}\t{supervisor}\t{moment}\t{moment}"
        )
        links.append(f"{number * 2}\t{number}\t{crafts[first_craft[row]]}\tt\n")
        if two[row] and second_craft[row] != first_craft[row]:
            links.append(f"{number * 2 + 1}\t{number}\t{crafts[second_craft[row]]}\tf\n")
    return people, "".join(links)


def _drawn(rng, names: Spellings, length: int) -> list[tuple[tuple[str, str], tuple[str, str]]]:
    """Of each: the Arabic spelling and the Latin one, each mostly the usual, sometimes another."""
    which = np.searchsorted(names.shares, rng.random(length) * 0.9999999).tolist()
    usual = (rng.random((2, length)) < USUAL_SHARE).tolist()
    other = rng.random((2, length)).tolist()
    drawn = []
    for row, name in enumerate(which):
        pair = []
        for script, written in enumerate((names.arabic[name], names.latin[name])):
            place = (
                0
                if usual[script][row] or len(written) == 1
                else 1 + int(other[script][row] * (len(written) - 1))
            )
            pair.append(written[place])
        drawn.append(tuple(pair))
    return drawn
