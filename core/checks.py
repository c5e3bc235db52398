"""System checks that `manage.py check --deploy` runs; with `--database default` also the database's."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register
from django.db import connections
from django.utils import timezone

# How far ahead meetings are planned.
YEARS_AHEAD = 2


@register(Tags.files)
def assets_are_built(app_configs, **kwargs):
    """The fonts and Bootstrap that every page needs are made by `manage.py build_assets`."""
    if Path(settings.ASSETS_DIR).is_dir():
        return []
    return [Error(f"{settings.ASSETS_DIR} is missing.", hint="Run `manage.py build_assets`.", id="core.E001")]


@register(Tags.database)
def clocks_agree(app_configs, databases=None, **kwargs):
    """PostgreSQL has rules of its own for the clock: days in lists and on pages must be the same days."""
    found = []
    for alias in databases or []:
        when = clocks_differ_at(connections[alias])
        if when:
            found.append(
                Warning(
                    f"From {when:%Y-%m-%d} on, PostgreSQL and Python disagree on {settings.TIME_ZONE}.",
                    hint="Update the server's time zone data, or the wheel `tzdata`.",
                    id="core.W002",
                )
            )
    return found


def clocks_differ_at(connection) -> datetime | None:
    """The first noon of the years ahead at which the database's Moroccan clock shows another hour."""
    zone = ZoneInfo(settings.TIME_ZONE)
    start = timezone.now().replace(hour=12, minute=0, second=0, microsecond=0)
    days = [start + timedelta(days=day) for day in range(YEARS_AHEAD * 366)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT moment AT TIME ZONE %s FROM unnest(%s::timestamptz[]) AS moment ORDER BY moment",
            [settings.TIME_ZONE, days],
        )
        clocks = [row[0] for row in cursor.fetchall()]
    shown = zip(days, clocks, strict=True)
    return next((day for day, clock in shown if day.astimezone(zone).replace(tzinfo=None) != clock), None)
