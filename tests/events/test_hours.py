"""Ten o'clock stays ten o'clock when the rules of the clock change after a meeting was planned."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command

from core.models import AuditEvent
from events.hours import keep_hours
from events.models import Meeting
from tests.factories.events import MeetingFactory

pytestmark = pytest.mark.django_db


def planned_under_the_old_rules(**fields) -> Meeting:
    """At ten, when clocks were believed to be an hour ahead of Greenwich."""
    starts_at = datetime(2027, 1, 20, 9, 0, tzinfo=UTC)
    return MeetingFactory(
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        hour_entered="2027-01-20T10:00",
        **fields,
    )


def test_an_hour_that_moved_is_put_right_and_calendars_are_told():
    meeting = planned_under_the_old_rules()
    right = MeetingFactory(
        starts_at=datetime(2027, 1, 21, 10, 0, tzinfo=UTC), hour_entered="2027-01-21T10:00"
    )
    call_command("keep_hours", verbosity=0)
    meeting.refresh_from_db()
    assert meeting.starts_at == datetime(2027, 1, 20, 10, 0, tzinfo=UTC)
    assert meeting.ends_at == datetime(2027, 1, 20, 12, 0, tzinfo=UTC)
    assert meeting.sequence == 1
    assert AuditEvent.objects.filter(action="events.meeting.hour_kept").count() == 1
    right.refresh_from_db()
    assert right.sequence == 0
    assert keep_hours() == []


@pytest.mark.parametrize("state", ["held", "closed", "cancelled"])
def test_what_is_over_stays_as_it_was(state):
    meeting = planned_under_the_old_rules(state=state)
    assert keep_hours() == []
    meeting.refresh_from_db()
    assert meeting.starts_at.hour == 9


def test_a_meeting_whose_hour_nobody_kept_stays():
    meeting = planned_under_the_old_rules()
    Meeting.objects.update(hour_entered="")
    assert keep_hours() == []
    meeting.refresh_from_db()
    assert meeting.starts_at.hour == 9
