"""Every change to cards: state checked under a lock, audited in the same transaction."""

from cards.actions.batches import cancel_batch, create_batch, record_download, retry_batch
from cards.actions.hand_over import hand_over, undo_hand_over
from cards.actions.requests import approve_request, refuse_request, request_card, withdraw_request
from cards.actions.stopping import leave_out, replace_card, stop_card

__all__ = [
    "approve_request",
    "cancel_batch",
    "create_batch",
    "hand_over",
    "leave_out",
    "record_download",
    "refuse_request",
    "replace_card",
    "request_card",
    "retry_batch",
    "stop_card",
    "undo_hand_over",
    "withdraw_request",
]
