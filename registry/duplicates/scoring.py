"""How likely it is that two entries are one person: each reason has a weight, here and nowhere else.

The weights are working values, chosen so that one strong reason or two weak ones put a pair into the queue:
families share a telephone, and many people of one name live in one commune.
"""

from dataclasses import dataclass
from datetime import date
from math import prod

from registry.duplicates.names import SAME_NAME, SIMILAR_NAME, name_likeness, organisation_likeness
from registry.duplicates.near_numbers import is_near
from registry.duplicates.traits import Traits
from registry.enums import DuplicateReason
from registry.photograph_hash import NEAR_BITS, differing_bits

R = DuplicateReason

# Of a hundred, how sure one reason alone makes us.
WEIGHTS = {
    R.NATIONAL_ID: 95,
    R.SAME_NAME_AND_BIRTH: 70,
    R.PHOTOGRAPH: 60,
    R.NATIONAL_ID_SIMILAR: 55,
    R.NAME_AND_BIRTH: 45,
    R.NAME_AND_NEAR_BIRTH: 40,
    R.NAME_AND_COMMUNE: 30,
    R.PHONE: 30,
}
# A cooperative has the identity number of its representative, who may stand for another one too.
ORGANISATION_WEIGHTS = WEIGHTS | {R.NATIONAL_ID: 35, R.NAME_AND_COMMUNE: 45}
# Many people of whom only the year is known are written down as born on the first of January.
FIRST_OF_JANUARY = {R.SAME_NAME_AND_BIRTH: 45, R.NAME_AND_BIRTH: 30}
NAME_REASONS = {R.SAME_NAME_AND_BIRTH, R.NAME_AND_BIRTH, R.NAME_AND_NEAR_BIRTH, R.NAME_AND_COMMUNE}
# Shown to whoever is typing, and put into the queue of reviewers.
SHOWN_LEAST = 30
QUEUED_LEAST = 50


@dataclass(frozen=True)
class Likeness:
    """Why two entries may be one, the strongest reason first, and how likely it is, of a hundred."""

    reasons: tuple[DuplicateReason, ...] = ()
    score: int = 0


def compare(one: Traits, other: Traits) -> Likeness:
    """Compare two entries; the order does not matter. A person and an organisation are never the same."""
    if one.is_organisation != other.is_organisation:
        return Likeness()
    weights = _organisation(one, other) if one.is_organisation else _person(one, other)
    if not weights:
        return Likeness()
    doubt = prod(1 - weight / 100 for weight in weights.values())
    order = sorted(weights, key=lambda reason: (-weights[reason], list(R).index(reason)))
    return Likeness(tuple(order), round(100 * (1 - doubt)))


def _person(one: Traits, other: Traits) -> dict[DuplicateReason, int]:
    found = _numbers(one, other)
    likeness = max(
        name_likeness(one.name_ar, other.name_ar, latin=False),
        name_likeness(one.name_latin, other.name_latin, latin=True),
    )
    same_birth = one.birth_date is not None and one.birth_date == other.birth_date
    # Numbers given out one after the other are near by chance: something else must agree.
    agrees = same_birth or likeness >= SIMILAR_NAME
    if agrees and is_near(one.national_id, other.national_id):
        found.append(R.NATIONAL_ID_SIMILAR)
    if same_birth and likeness >= SIMILAR_NAME:
        found.append(R.SAME_NAME_AND_BIRTH if likeness >= SAME_NAME else R.NAME_AND_BIRTH)
    elif likeness >= SAME_NAME and is_near_date(one.birth_date, other.birth_date):
        found.append(R.NAME_AND_NEAR_BIRTH)
    if likeness >= SIMILAR_NAME and one.commune_id and one.commune_id == other.commune_id:
        found.append(R.NAME_AND_COMMUNE)
    weights = {reason: WEIGHTS[reason] for reason in found}
    if same_birth and (one.birth_date.day, one.birth_date.month) == (1, 1):
        weights |= {reason: weight for reason, weight in FIRST_OF_JANUARY.items() if reason in weights}
    if one.gender and other.gender and one.gender != other.gender:
        # Brother and sister rather than one person: what the names say counts half.
        weights |= {reason: weights[reason] // 2 for reason in NAME_REASONS & weights.keys()}
    return weights


def _organisation(one: Traits, other: Traits) -> dict[DuplicateReason, int]:
    found = _numbers(one, other)
    likeness = max(
        organisation_likeness(one.organisation_ar, other.organisation_ar),
        organisation_likeness(one.organisation_latin, other.organisation_latin),
    )
    if likeness >= SAME_NAME and one.commune_id and one.commune_id == other.commune_id:
        found.append(R.NAME_AND_COMMUNE)
    return {reason: ORGANISATION_WEIGHTS[reason] for reason in found}


def _numbers(one: Traits, other: Traits) -> list[DuplicateReason]:
    found = []
    if one.national_id and one.national_id == other.national_id:
        found.append(R.NATIONAL_ID)
    hashes = (one.photograph_hash, other.photograph_hash)
    if None not in hashes and differing_bits(*hashes) <= NEAR_BITS:
        found.append(R.PHOTOGRAPH)
    if one.phone and one.phone == other.phone:
        found.append(R.PHONE)
    return found


def is_near_date(one: date | None, other: date | None) -> bool:
    """Day and month exchanged, or one of day, month and year another."""
    if one is None or other is None or one == other:
        return False
    if one.year == other.year and (one.day, one.month) == (other.month, other.day):
        return True
    same = (one.year == other.year) + (one.month == other.month) + (one.day == other.day)
    return same == 2 and abs(one.year - other.year) in {0, 1, 10}
