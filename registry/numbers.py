"""Numbers that the register gives: the registration number and an application's tracking number."""

import re
import secrets
from collections.abc import Iterable
from string import Formatter

from django.utils import timezone
from stdnum import luhn

from core.models import Chamber
from registry.models import NumberSequence

# Without letters and digits that are read for one another over the telephone.
TRACKING_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def allocate_nia(chamber: Chamber) -> str:
    """The chamber's next registration number, in its own working format."""
    return allocate_nias(chamber, 1)[0]


def allocate_nias(chamber: Chamber, count: int) -> list[str]:
    """The chamber's next registration numbers, in one run.

    Must run inside the transaction that uses them: the counter's row stays locked until then, and an undone
    transaction gives the numbers back, so that the sequence has neither gap nor double.
    """
    sequence = _locked_sequence(chamber.region_id)
    first = sequence.last_value + 1
    sequence.last_value += count
    sequence.save(update_fields=["last_value"])
    return [
        format_nia(chamber.number_format, region=chamber.region_id, serial=serial)
        for serial in range(first, first + count)
    ]


def count_past(chamber: Chamber, numbers: Iterable[str]) -> None:
    """Let the counter go on behind numbers that a chamber gave before, where they are of its own format."""
    pattern = _pattern(chamber)
    serials = [int(found["serial"]) for number in numbers if (found := pattern.fullmatch(number))]
    if serials:
        sequence = _locked_sequence(chamber.region_id)
        if sequence.last_value < (highest := max(serials)):
            sequence.last_value = highest
            sequence.save(update_fields=["last_value"])


def format_nia(number_format: str, *, region: str, serial: int) -> str:
    """Fill in the format; the check digit (Luhn) covers the region and the serial."""
    check = luhn.calc_check_digit(f"{region}{serial:06d}")
    return number_format.format(region=region, year=timezone.localdate().year, serial=serial, check=check)


def _locked_sequence(region_id: str) -> NumberSequence:
    NumberSequence.objects.get_or_create(region_id=region_id)
    return NumberSequence.objects.select_for_update().get(region_id=region_id)


def _pattern(chamber: Chamber) -> re.Pattern:
    """What the numbers of a chamber look like."""
    parts = {"region": re.escape(chamber.region_id), "year": r"\d{4}", "check": r"\d"}
    pattern = ""
    for text, name, _spec, _conversion in Formatter().parse(chamber.number_format):
        pattern += re.escape(text)
        if name == "serial":
            pattern += r"(?P<serial>\d{1,9})"
        elif name:
            pattern += parts[name]
    return re.compile(pattern)


def new_tracking_number() -> str:
    """A number that cannot be guessed from another, such as `K7Q2-9XWD-3M`."""
    letters = "".join(secrets.choice(TRACKING_ALPHABET) for _ in range(10))
    return f"{letters[:4]}-{letters[4:8]}-{letters[8:]}"


def normalise_tracking_number(text: str) -> str:
    """A tracking number as it is stored, however it was typed; empty where nothing was."""
    letters = "".join(char for char in text.upper() if char.isalnum())
    return "-".join(filter(None, (letters[:4], letters[4:8], letters[8:12])))
