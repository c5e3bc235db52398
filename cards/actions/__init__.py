"""Every change to cards: state checked under a lock, audited in the same transaction."""

from cards.actions.batches import cancel_batch, record_download, retry_batch
from cards.actions.composing import compose_batch, create_batch
from cards.actions.files import ask_for_file, give_up_file, record_file_download, retry_file
from cards.actions.hand_over import hand_over, refuse_hand_over, return_card, undo_hand_over
from cards.actions.lists import hand_in_list
from cards.actions.mending import refresh_card, release_batch, retry_chunk
from cards.actions.printers import measure_printer, save_printer
from cards.actions.printing import (
    box_cards,
    check_cards,
    close_batch,
    correct_print,
    count_blanks,
    record_prints,
)
from cards.actions.proxies import ProxyData
from cards.actions.receipts import enter_receipt, receive_receipt
from cards.actions.reminders import cancel_reminders, count_as_not_sent, start_reminders
from cards.actions.requests import (
    approve_request,
    refuse_request,
    request_card,
    request_cards,
    withdraw_request,
)
from cards.actions.rules import change_card_rules
from cards.actions.stopping import leave_out, replace_card, stop_card
from cards.unusual import note_check

__all__ = [
    "ProxyData",
    "approve_request",
    "ask_for_file",
    "box_cards",
    "cancel_batch",
    "cancel_reminders",
    "change_card_rules",
    "check_cards",
    "close_batch",
    "compose_batch",
    "correct_print",
    "count_as_not_sent",
    "count_blanks",
    "create_batch",
    "enter_receipt",
    "give_up_file",
    "hand_in_list",
    "hand_over",
    "leave_out",
    "measure_printer",
    "note_check",
    "receive_receipt",
    "record_download",
    "record_file_download",
    "record_prints",
    "refresh_card",
    "refuse_hand_over",
    "refuse_request",
    "release_batch",
    "replace_card",
    "request_card",
    "request_cards",
    "retry_batch",
    "retry_chunk",
    "retry_file",
    "return_card",
    "save_printer",
    "start_reminders",
    "stop_card",
    "undo_hand_over",
    "withdraw_request",
]
