"""Which numbers a typed text may be: a registration, identity, telephone or tracking number."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.arabic import clean, compact_number
from registry.validators import NATIONAL_ID_PATTERN, normalise_national_id

_MOST_CHARACTERS = 24
_TRACKING_CHARACTERS = 10
# Letters that are typed for digits.
_READ_FOR = str.maketrans("OIL", "011")
_NATIONAL_ID_TYPED = re.compile(r"([A-Z]{1,2})([0-9OIL]{1,7})")


@dataclass(frozen=True, slots=True)
class Numbers:
    """Empty where the text cannot be such a number."""

    nia: str = ""
    national_id: str = ""
    phone: str = ""
    tracking: str = ""

    def reason(self, registrant) -> str:
        """Which of a registrant's numbers it is."""
        if self.nia and registrant.nia_compact == self.nia:
            return _("Registration number (NIA)")
        if self.national_id and registrant.national_id == self.national_id:
            return _("National identity number")
        if self.phone and registrant.phone == self.phone:
            return _("Mobile telephone")
        return _("Tracking number")

    def __bool__(self) -> bool:
        return bool(self.nia or self.national_id or self.phone or self.tracking)


def numbers_in(text: str) -> Numbers:
    """What a text without a digit is not; a name has none."""
    compact = compact_number(clean(text))
    if not any(char.isdigit() for char in compact) or len(compact) > _MOST_CHARACTERS:
        return Numbers()
    only_digits = compact.translate(_READ_FOR)
    all_digits = only_digits if only_digits.isdigit() else ""
    return Numbers(
        nia=all_digits or compact,
        national_id=_national_id(text),
        phone=_phone(all_digits),
        tracking="-".join((compact[:4], compact[4:8], compact[8:]))
        if len(compact) == _TRACKING_CHARACTERS
        else "",
    )


def _national_id(text: str) -> str:
    typed = normalise_national_id(text)
    if re.match(NATIONAL_ID_PATTERN, typed):
        return typed
    found = _NATIONAL_ID_TYPED.fullmatch(typed)
    return found[1] + found[2].translate(_READ_FOR) if found else ""


def _phone(compact: str) -> str:
    end = compact.removeprefix("00212").removeprefix("212").lstrip("0")
    return f"+212{end}" if len(end) == 9 else ""
