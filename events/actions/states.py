"""A meeting's way from draft to closed, and off it: one function for every move of the table."""

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.arabic import clean
from core.exceptions import ActionRefused
from core.models import User
from events import lifecycle
from events.enums import MeetingGround
from events.models import Meeting


@transaction.atomic
def move_meeting(*, meeting: Meeting, name: str, by: User, ground: str = "", note: str = "") -> Meeting:
    """Make one move of `events.lifecycle.MEETING`; calendars are told with the next sequence number.

    Args:
        ground: of MeetingGround, and `note` in words for those invited, where the move asks for them.

    Raises:
        ActionRefused: not from this state (somebody else was faster, or a second click), or ground or note
            are missing.
    """
    locked = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    move = lifecycle.MEETING.check(name, locked.state)
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
