"""Every change to meetings and to presence at them: state checked, audited in the same transaction."""

from events.actions.agenda import (
    add_agenda_item,
    arrange_agenda,
    attach_to_agenda_item,
    change_agenda_item,
    remove_agenda_item,
    remove_attachment,
)
from events.actions.attendance import (
    NOBODY_ELSE,
    Delegate,
    check_in,
    check_in_walk_in,
    hand_over,
    undo_check_in,
    undo_hand_over,
)
from events.actions.ceremony import call_to_stage, fill_ceremony, move_on_stage, take_off_stage
from events.actions.feeds import open_feed, revoke_feed
from events.actions.guests import save_guest, save_institution
from events.actions.invitations import (
    answer_invitation,
    answer_mark,
    invite_group,
    invite_guest,
    invite_institution,
    place_invitation,
    renew_invitation_link,
    withdraw_invitation,
)
from events.actions.lists import LIST_FIELDS, add_list, change_list, possible_agents
from events.actions.mailings import (
    cancel_letters,
    cancel_mailing,
    start_letters,
    start_mailing,
    try_again,
)
from events.actions.meanwhile import ChangedMeanwhile
from events.actions.meetings import MEETING_FIELDS, NewCaravan, change_meeting, schedule_meeting
from events.actions.minutes import (
    Conflict,
    MinutesConflict,
    add_annex,
    approve_minutes,
    remove_annex,
    save_minutes,
)
from events.actions.photographs import (
    PHOTOGRAPH_FIELDS,
    add_photograph,
    change_photograph,
    move_photograph,
    remove_photograph,
)
from events.actions.preparation import (
    add_task,
    date_task,
    end_duty,
    give_duty,
    keep_as_template,
    remove_task,
    tick_task,
)
from events.actions.press import publish_release, save_release, withdraw_release
from events.actions.programmes import change_caravan, save_programme
from events.actions.questions import (
    FOLLOW_UP_FIELDS,
    QUESTION_FIELDS,
    change_follow_up,
    change_question,
    decide,
    finish_follow_up,
    note_question,
    promise_answer,
)
from events.actions.reception import excuse_guest, receive_guest
from events.actions.states import move_meeting, reschedule_meeting
from events.actions.walk_ins import draft_of_walk_in, forget_walk_ins

__all__ = [
    "FOLLOW_UP_FIELDS",
    "LIST_FIELDS",
    "MEETING_FIELDS",
    "NOBODY_ELSE",
    "PHOTOGRAPH_FIELDS",
    "QUESTION_FIELDS",
    "ChangedMeanwhile",
    "Conflict",
    "Delegate",
    "MinutesConflict",
    "NewCaravan",
    "add_agenda_item",
    "add_annex",
    "add_list",
    "add_photograph",
    "add_task",
    "answer_invitation",
    "answer_mark",
    "approve_minutes",
    "arrange_agenda",
    "attach_to_agenda_item",
    "call_to_stage",
    "cancel_letters",
    "cancel_mailing",
    "change_agenda_item",
    "change_caravan",
    "change_follow_up",
    "change_list",
    "change_meeting",
    "change_photograph",
    "change_question",
    "check_in",
    "check_in_walk_in",
    "date_task",
    "decide",
    "draft_of_walk_in",
    "end_duty",
    "excuse_guest",
    "fill_ceremony",
    "finish_follow_up",
    "forget_walk_ins",
    "give_duty",
    "hand_over",
    "invite_group",
    "invite_guest",
    "invite_institution",
    "keep_as_template",
    "move_meeting",
    "move_on_stage",
    "move_photograph",
    "note_question",
    "open_feed",
    "place_invitation",
    "possible_agents",
    "promise_answer",
    "publish_release",
    "receive_guest",
    "remove_agenda_item",
    "remove_annex",
    "remove_attachment",
    "remove_photograph",
    "remove_task",
    "renew_invitation_link",
    "reschedule_meeting",
    "revoke_feed",
    "save_guest",
    "save_institution",
    "save_minutes",
    "save_programme",
    "save_release",
    "schedule_meeting",
    "start_letters",
    "start_mailing",
    "take_off_stage",
    "tick_task",
    "try_again",
    "undo_check_in",
    "undo_hand_over",
    "withdraw_invitation",
    "withdraw_release",
]
