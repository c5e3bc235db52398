"""Requests about an entry on the register: entered by one, decided by another, carried out under lock."""

from registry.actions.changes.amendments import ask_correction, enter_amendment, prepare_amendment
from registry.actions.changes.decisions import approve_change, bars_maker, refuse_change, withdraw_change
from registry.actions.changes.exits import ask_exit, enter_death, enter_exit, submit_exit
from registry.actions.changes.renewals import enter_renewals, renewed_until
from registry.actions.changes.transfers import ask_transfer, enter_transfer, release_transfer

__all__ = [
    "approve_change",
    "ask_correction",
    "ask_exit",
    "ask_transfer",
    "bars_maker",
    "enter_amendment",
    "enter_death",
    "enter_exit",
    "enter_renewals",
    "enter_transfer",
    "prepare_amendment",
    "refuse_change",
    "release_transfer",
    "renewed_until",
    "submit_exit",
    "withdraw_change",
]
