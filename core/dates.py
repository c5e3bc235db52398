"""Dates in words, for pages and for PDFs.

Morocco has its own Arabic names for the months (ماي, غشت, شتنبر...), which Django's catalogues do not know.
"""

from calendar import monthrange
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import get_language

MONTHS: dict[str, tuple[str, ...]] = {
    "ar": (
        "يناير", "فبراير", "مارس", "أبريل", "ماي", "يونيو",
        "يوليوز", "غشت", "شتنبر", "أكتوبر", "نونبر", "دجنبر",
    ),
    "fr": (
        "janvier", "février", "mars", "avril", "mai", "juin",
        "juillet", "août", "septembre", "octobre", "novembre", "décembre",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip
# Monday first, as `date.weekday()` counts.
WEEKDAYS: dict[str, tuple[str, ...]] = {
    "ar": ("الإثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"),
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_BEFORE_TIME = {"ar": "على الساعة", "fr": "à", "en": "at"}


def month_name(month: int, language: str | None = None) -> str:
    """Name of a month, 1 to 12, in `language` or the reader's own."""
    return MONTHS[_known(language)][month - 1]


def months_later(day: date, months: int) -> date:
    """The same day so many months on; the month's last where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def date_in_words(value: date, language: str | None = None, *, weekday: bool = False) -> str:
    """`15 يناير 2026`, `15 janvier 2026`; with its weekday on demand. A moment is taken in Moroccan time."""
    language = _known(language)
    value = _local(value)
    day = "1er" if language == "fr" and value.day == 1 else str(value.day)
    words = f"{day} {month_name(value.month, language)} {value.year}"
    return f"{WEEKDAYS[language][value.weekday()]} {words}" if weekday else words


def moment_in_words(value: datetime, language: str | None = None, *, weekday: bool = False) -> str:
    """A date in words and the time on a 24-hour clock, Moroccan time."""
    language = _known(language)
    words = date_in_words(value, language, weekday=weekday)
    return f"{words} {_BEFORE_TIME[language]} {_local(value):%H:%M}"


def months_before(day: date, months: int) -> date:
    """The same day of the month so many months ago; the last of that month where it is shorter."""
    first = day.year * 12 + day.month - 1 - months
    year, month = divmod(first, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _local(value: date) -> date:
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


def _known(language: str | None) -> str:
    code = (language or get_language() or "ar")[:2]
    return code if code in MONTHS else "ar"
