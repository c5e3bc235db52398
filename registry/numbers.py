"""Numbers that the register gives: the registration number and an application's tracking number."""

import secrets

from django.db.models import F
from django.utils import timezone
from stdnum import luhn

from core.models import Chamber
from registry.models import NumberSequence

# Without letters and digits that are read for one another over the telephone.
TRACKING_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def allocate_nia(chamber: Chamber) -> str:
    """The chamber's next registration number, in its own working format.

    Must run inside the transaction that uses the number: the counter's row stays locked until then, and an
    undone transaction gives the number back, so that the sequence has neither gap nor double.
    """
    NumberSequence.objects.get_or_create(region_id=chamber.region_id)
    sequence = NumberSequence.objects.select_for_update().get(region_id=chamber.region_id)
    sequence.last_value = F("last_value") + 1
    sequence.save(update_fields=["last_value"])
    sequence.refresh_from_db(fields=["last_value"])
    return format_nia(chamber.number_format, region=chamber.region_id, serial=sequence.last_value)


def format_nia(number_format: str, *, region: str, serial: int) -> str:
    """Fill in the format; the check digit (Luhn) covers the region and the serial."""
    check = luhn.calc_check_digit(f"{region}{serial:06d}")
    return number_format.format(region=region, year=timezone.localdate().year, serial=serial, check=check)


def new_tracking_number() -> str:
    """A number that cannot be guessed from another, such as `K7Q2-9XWD-3M`."""
    letters = "".join(secrets.choice(TRACKING_ALPHABET) for _ in range(10))
    return f"{letters[:4]}-{letters[4:8]}-{letters[8:]}"


def normalise_tracking_number(text: str) -> str:
    """A tracking number as it is stored, however it was typed; empty where nothing was."""
    letters = "".join(char for char in text.upper() if char.isalnum())
    return "-".join(filter(None, (letters[:4], letters[4:8], letters[8:12])))
