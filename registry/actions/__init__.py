"""Every change to the register: its state checked under a lock, audited in the same transaction."""

from registry.actions.applications import (
    change_application,
    missing_parts,
    open_application,
    submit_application,
)
from registry.actions.changes import (
    approve_change,
    ask_correction,
    ask_exit,
    ask_transfer,
    bars_maker,
    enter_amendment,
    enter_death,
    enter_exit,
    enter_renewals,
    enter_transfer,
    prepare_amendment,
    refuse_change,
    release_transfer,
    submit_exit,
    withdraw_change,
)
from registry.actions.data import (
    PERSONAL_FIELDS,
    ApplicationData,
    MemberData,
    QualificationData,
    ScannedDocument,
)
from registry.actions.data_requests import record_data_given
from registry.actions.decisions import approve_application, reject_application, return_application
from registry.actions.documents import add_document, remove_document
from registry.actions.drafts import CheckedFile, discard_draft, save_draft, submit_draft
from registry.actions.duplicates import compare_again, declare_not_same, find_duplicates, look_for_duplicates
from registry.actions.files import account_for, record_document_reading, record_reading
from registry.actions.flags import note_card_standing
from registry.actions.letters import record_letter_reading
from registry.actions.merging import MergeOrder, merge_registrants, undo_merge
from registry.actions.notifications import choose_channel, mark_read, notify
from registry.actions.proceedings import (
    decide_appeal,
    decide_proceeding,
    drop_proceeding,
    give_notice,
    record_appeal,
    record_reply,
    reinstate,
)
from registry.actions.queue import add_comment, assign_application, give_back, take_next
from registry.actions.searching import keep_search_text, remove_filter, save_filter

__all__ = [
    "PERSONAL_FIELDS",
    "ApplicationData",
    "CheckedFile",
    "MemberData",
    "MergeOrder",
    "QualificationData",
    "ScannedDocument",
    "account_for",
    "add_comment",
    "add_document",
    "approve_application",
    "approve_change",
    "ask_correction",
    "ask_exit",
    "ask_transfer",
    "assign_application",
    "bars_maker",
    "change_application",
    "choose_channel",
    "compare_again",
    "decide_appeal",
    "decide_proceeding",
    "declare_not_same",
    "discard_draft",
    "drop_proceeding",
    "enter_amendment",
    "enter_death",
    "enter_exit",
    "enter_renewals",
    "enter_transfer",
    "find_duplicates",
    "give_back",
    "give_notice",
    "keep_search_text",
    "look_for_duplicates",
    "mark_read",
    "merge_registrants",
    "missing_parts",
    "note_card_standing",
    "notify",
    "open_application",
    "prepare_amendment",
    "record_appeal",
    "record_data_given",
    "record_document_reading",
    "record_letter_reading",
    "record_reading",
    "record_reply",
    "refuse_change",
    "reinstate",
    "reject_application",
    "release_transfer",
    "remove_document",
    "remove_filter",
    "return_application",
    "save_draft",
    "save_filter",
    "submit_application",
    "submit_draft",
    "submit_exit",
    "take_next",
    "undo_merge",
    "withdraw_change",
]
