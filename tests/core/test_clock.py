"""Moroccan clocks: an hour ahead till September 2026, but for Ramadan; since then Greenwich's."""

from datetime import UTC, datetime, timedelta
from zoneinfo import TZPATH, ZoneInfo

import pytest
from django.db import connection
from django.utils import timezone

from core.checks import clocks_agree, clocks_differ_at

CASABLANCA = ZoneInfo("Africa/Casablanca")


@pytest.mark.parametrize(
    ("utc", "hour"),
    [
        # Ramadan of 2025: from 23 February at 3 to 6 April at 2.
        ("2025-02-23T01:59", 2),
        ("2025-02-23T02:00", 2),
        ("2025-04-06T01:59", 1),
        ("2025-04-06T02:00", 3),
        # Ramadan of 2026: from 15 February at 3 to 22 March at 2.
        ("2026-02-15T01:59", 2),
        ("2026-02-15T02:00", 2),
        ("2026-03-22T01:59", 1),
        ("2026-03-22T02:00", 3),
        # The end of the hour ahead, in the night to 20 September 2026.
        ("2026-09-20T00:59", 1),
        ("2026-09-20T01:00", 1),
        ("2027-06-01T12:00", 12),
    ],
)
def test_the_hours_of_the_real_changes(utc, hour):
    moment = datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert timezone.localtime(moment).hour == hour


def test_the_rules_come_from_the_wheel_and_not_from_the_system():
    assert TZPATH == ()
    assert CASABLANCA.utcoffset(datetime(2026, 12, 1)) == timedelta(0)


@pytest.mark.django_db
def test_the_database_reads_the_same_clock():
    assert clocks_differ_at(connection) is None
    assert clocks_agree(None, databases=["default"]) == []


@pytest.mark.django_db
def test_a_database_with_old_rules_is_told_of(settings, monkeypatch):
    # Python's clock is made another one than the database is asked for.
    monkeypatch.setattr("core.checks.ZoneInfo", lambda name: ZoneInfo("Asia/Tokyo"))
    [warning] = clocks_agree(None, databases=["default"])
    assert warning.id == "core.W002"
