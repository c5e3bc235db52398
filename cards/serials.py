"""Serial numbers of cards: `11-0000123-45`, a region, a number within it and two check digits.

A working format: the official one, if any, is not published. Digits only, because it is typed at desks on
number pads and on Arabic keyboards; ISO 7064 mod 97-10 catches every single wrong digit and every swap of
two neighbours.
"""

import re

from stdnum.iso7064 import mod_97_10

from core.arabic import clean, digits

LARGEST_NUMBER = 9_999_999
_SHAPE = re.compile(r"(\d{2})(\d{7})(\d{2})", re.ASCII)


def make_serial(number: int, region: str) -> str:
    """Return the serial of the nth card of a region (its two-digit code)."""
    if not 1 <= number <= LARGEST_NUMBER:
        raise ValueError(f"card number out of range: {number}")
    if not re.fullmatch(r"\d{2}", region, re.ASCII):
        raise ValueError(f"not a region's code: {region!r}")
    body = f"{region}{number:07d}"
    return f"{region}-{number:07d}-{mod_97_10.calc_check_digits(body)}"


def normalise_serial(text: str) -> str | None:
    """Return the serial that a person typed or scanned, or None where it is none.

    Spaces, hyphens of any kind and Arabic digits are as good as the printed form.
    """
    bare = re.sub(r"[\s._\-\u2010-\u2015\u2212/]", "", digits(clean(text)))
    found = _SHAPE.fullmatch(bare)
    if found is None or found[2] == "0000000" or not mod_97_10.is_valid(bare):
        return None
    return "-".join(found.groups())


def is_valid_serial(text: str) -> bool:
    """Say whether this is a serial in its printed form, check digits included."""
    return normalise_serial(text) == text
