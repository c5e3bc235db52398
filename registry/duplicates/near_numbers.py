"""Identity numbers one slip of the finger apart: a character wrong, missing or too many, or two exchanged."""

import re
import string

from rapidfuzz.distance import OSA

from registry.validators import NATIONAL_ID_PATTERN

_LONGEST = 8


def is_near(one: str, other: str) -> bool:
    return bool(one and other) and OSA.distance(one, other, score_cutoff=1) == 1


def near_numbers(number: str) -> set[str]:
    """Every possible identity number that is one slip away: looked up in the index, a few hundred at most."""
    signs = string.ascii_uppercase + string.digits
    places = range(len(number))
    near = {number[:at] + sign + number[at + 1 :] for at in places for sign in signs}
    near |= {number[:at] + sign + number[at:] for at in range(len(number) + 1) for sign in signs}
    near |= {number[:at] + number[at + 1 :] for at in places}
    near |= {number[:at] + number[at + 1] + number[at] + number[at + 2 :] for at in places[:-1]}
    valid = re.compile(NATIONAL_ID_PATTERN)
    return {one for one in near if one != number and len(one) <= _LONGEST and valid.match(one)}
