"""A month as weeks of days, in Moroccan time.

Days are local dates, so Ramadan's change of the clock moves no meeting to another day: Postgres and Python
both turn moments into dates by the same zone.
"""

import calendar
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from core.dates import WEEKDAYS, month_name
from events.models import Meeting

MONTH_FORMAT = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)
FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass
class Day:
    """One square of the month; days of the neighbouring months fill the first and last week."""

    date: date
    in_month: bool
    is_today: bool
    meetings: list[Meeting] = field(default_factory=list)


def first_day_of(text: str | None) -> date | None:
    """The first day of a month written `2026-01`; None for anything else."""
    found = MONTH_FORMAT.fullmatch(text or "")
    if not found or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        return None
    return date(int(found[1]), int(found[2]), 1)


def month_code(day: date) -> str:
    return f"{day:%Y-%m}"


def previous_month(first_day: date) -> date:
    return (
        first_day.replace(year=first_day.year - 1, month=12)
        if first_day.month == 1
        else first_day.replace(month=first_day.month - 1)
    )


def next_month(first_day: date) -> date:
    return (
        first_day.replace(year=first_day.year + 1, month=1)
        if first_day.month == 12
        else first_day.replace(month=first_day.month + 1)
    )


def month_title(first_day: date) -> str:
    return f"{month_name(first_day.month)} {first_day.year}"


def weekday_names(language: str) -> tuple[str, ...]:
    """Monday first, as the weeks of `month_weeks`."""
    return WEEKDAYS[language[:2]]


def month_weeks(first_day: date, meetings: Iterable[Meeting]) -> list[list[Day]]:
    """The weeks that touch a month, Monday first, each day with its meetings in order of time."""
    by_day = defaultdict(list)
    for meeting in sorted(meetings, key=lambda one: one.starts_at):
        by_day[timezone.localdate(meeting.starts_at)].append(meeting)
    today = timezone.localdate()
    return [
        [Day(day, day.month == first_day.month, day == today, by_day.get(day, [])) for day in week]
        for week in calendar.Calendar().monthdatescalendar(first_day.year, first_day.month)
    ]
