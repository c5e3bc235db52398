"""Suspension and striking off: notice, reply, decision, appeal, reinstatement, each in its time."""

from registry.actions.proceedings.appeals import decide_appeal, record_appeal
from registry.actions.proceedings.decisions import decide_proceeding, drop_proceeding
from registry.actions.proceedings.hearing import give_notice, record_reply
from registry.actions.proceedings.standing import reinstate

__all__ = [
    "decide_appeal",
    "decide_proceeding",
    "drop_proceeding",
    "give_notice",
    "record_appeal",
    "record_reply",
    "reinstate",
]
