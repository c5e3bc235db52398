"""A meeting's way from draft to closed, and off it: one function for every move of the table."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.arabic import clean
from core.exceptions import ActionRefused
from core.models import User
from events import lifecycle
from events.actions.meanwhile import check_version
from events.actions.meetings import hour_of, record_change
from events.actions.preparation import move_due_dates
from events.enums import MeetingGround
from events.models import Meeting


@transaction.atomic
def reschedule_meeting(
    *, meeting: Meeting, starts_at: datetime, ends_at: datetime | None, version: int | None, by: User
) -> Meeting:
    """Give a postponed meeting its new date.

    Raises:
        ChangedMeanwhile: somebody else changed it since the form was opened (`version`).
        ActionRefused: it is not postponed (any more), or the end does not come after the start.
    """
    if ends_at is not None and ends_at <= starts_at:
        raise ActionRefused(_("A meeting ends after it starts."))
    moved = move_meeting(meeting=meeting, name="reschedule", version=version or 0, by=by)
    before = audit.snapshot(moved, ("starts_at", "ends_at"))
    first_day = timezone.localdate(moved.starts_at)
    moved.starts_at, moved.ends_at, moved.hour_entered = starts_at, ends_at, hour_of(starts_at)
    try:
        with transaction.atomic():
            moved.save(update_fields=["starts_at", "ends_at", "hour_entered"])
    except IntegrityError as error:
        raise ActionRefused(_("This meeting is scheduled already.")) from error
    record_change(meeting=moved, before=before, by=by)
    move_due_dates(meeting=moved, first_day=first_day)
    return moved


@transaction.atomic
def move_meeting(
    *, meeting: Meeting, name: str, by: User, ground: str = "", note: str = "", version: int | None = None
) -> Meeting:
    """Make one move of `events.lifecycle.MEETING`; calendars are told with the next sequence number.

    Args:
        ground: of MeetingGround, and `note` in words for those invited, where the move asks for them.
        version: the meeting's on the page where something was typed; None for a button, which the table of
            moves guards.

    Raises:
        ChangedMeanwhile: somebody else changed the meeting since that page was opened.
        ActionRefused: not from this state (somebody else was faster, or a second click), or ground or note
            are missing.
    """
    locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
    move = lifecycle.MEETING.check(name, locked.state)
    if version is not None:
        check_version(locked, version)
    why = clean(note)
    if move.procedure == lifecycle.GROUND:
        if ground not in MeetingGround or not why:
            raise ActionRefused(_("Choose a ground, and say it in words for those invited."))
        locked.ground, locked.ground_note = ground, why
    before, locked.state = locked.state, move.to
    locked.version += 1
    locked.sequence += 1
    locked.save(
        update_fields=["state", "ground", "ground_note", "version", "sequence", "changed_at"],
    )
    audit.record(
        action=f"events.meeting.{name}",
        by=by,
        subject=locked,
        region_code=locked.region_id,
        before={"state": before},
        after={"state": locked.state} | ({"ground": ground} if move.procedure else {}),
        reason=why,
    )
    return locked
