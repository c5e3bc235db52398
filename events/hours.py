"""The hour that people were told is kept when the rules of the clock change.

Moments are stored in UTC. Where a decree changes the Moroccan clock after a meeting was planned, as in
September 2026, ten o'clock would turn into nine: the hour as it was entered stands beside the moment, and
`manage.py keep_hours` puts the moment right, after each update of the time zone data.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from core import audit
from events.enums import FINISHED_STATES, MeetingState
from events.models import Meeting

OVER = (*FINISHED_STATES, MeetingState.HELD)


@transaction.atomic
def keep_hours() -> list[Meeting]:
    """Put right every meeting ahead whose hour has moved; gives those that had."""
    moved = []
    for meeting in (
        Meeting.objects.select_for_update().filter(starts_at__gt=timezone.now()).exclude(state__in=OVER)
    ):
        meant = _moment(meeting.hour_entered)
        if meant is None or meant == meeting.starts_at:
            continue
        before, lasts = meeting.starts_at, meeting.ends_at and meeting.ends_at - meeting.starts_at
        meeting.starts_at, meeting.ends_at = meant, meant + lasts if lasts else None
        meeting.sequence += 1
        meeting.save(update_fields=["starts_at", "ends_at", "sequence", "changed_at"])
        audit.record(
            action="events.meeting.hour_kept",
            by=None,
            subject=meeting,
            region_code=meeting.region_id,
            before={"starts_at": before},
            after={"starts_at": meant},
        )
        moved.append(meeting)
    return moved


def _moment(hour_entered: str) -> datetime | None:
    """The moment at which a Moroccan clock shows this; of an hour shown twice, the first."""
    if not hour_entered:
        return None
    return timezone.make_aware(datetime.fromisoformat(hour_entered))
