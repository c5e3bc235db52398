"""Every change to meetings and to presence at them: state checked, audited in the same transaction."""

from events.actions.attendance import check_in, hand_over, undo_check_in, undo_hand_over
from events.actions.meetings import MEETING_FIELDS, NewCaravan, change_meeting, schedule_meeting
from events.actions.states import move_meeting

__all__ = [
    "MEETING_FIELDS",
    "NewCaravan",
    "change_meeting",
    "check_in",
    "hand_over",
    "move_meeting",
    "schedule_meeting",
    "undo_check_in",
    "undo_hand_over",
]
