"""Every change to meetings and to presence at them: state checked, audited in the same transaction."""

from events.actions.agenda import (
    add_agenda_item,
    arrange_agenda,
    attach_to_agenda_item,
    change_agenda_item,
    remove_agenda_item,
    remove_attachment,
)
from events.actions.attendance import check_in, hand_over, undo_check_in, undo_hand_over
from events.actions.feeds import open_feed, revoke_feed
from events.actions.guests import save_guest, save_institution
from events.actions.invitations import (
    answer_invitation,
    invite_group,
    invite_guest,
    invite_institution,
    place_invitation,
    renew_invitation_link,
    withdraw_invitation,
)
from events.actions.mailings import (
    cancel_letters,
    cancel_mailing,
    start_letters,
    start_mailing,
    try_again,
)
from events.actions.meetings import MEETING_FIELDS, NewCaravan, change_meeting, schedule_meeting
from events.actions.preparation import (
    add_task,
    end_duty,
    give_duty,
    keep_as_template,
    remove_task,
    tick_task,
)
from events.actions.states import move_meeting, reschedule_meeting

__all__ = [
    "MEETING_FIELDS",
    "NewCaravan",
    "add_agenda_item",
    "add_task",
    "answer_invitation",
    "arrange_agenda",
    "attach_to_agenda_item",
    "cancel_letters",
    "cancel_mailing",
    "change_agenda_item",
    "change_meeting",
    "check_in",
    "end_duty",
    "give_duty",
    "hand_over",
    "invite_group",
    "invite_guest",
    "invite_institution",
    "keep_as_template",
    "move_meeting",
    "open_feed",
    "place_invitation",
    "remove_agenda_item",
    "remove_attachment",
    "remove_task",
    "renew_invitation_link",
    "reschedule_meeting",
    "revoke_feed",
    "save_guest",
    "save_institution",
    "schedule_meeting",
    "start_letters",
    "start_mailing",
    "tick_task",
    "try_again",
    "undo_check_in",
    "undo_hand_over",
    "withdraw_invitation",
]
