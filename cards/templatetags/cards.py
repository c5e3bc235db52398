"""How the states of cards and batches look."""

from collections.abc import Mapping

from django import template
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cards.enums import BatchState, CardState, CheckOutcome, RequestState
from cards.models import CardBatch
from core import audit_labels
from core.models import AuditEvent

register = template.Library()

_CARD_KINDS = {
    CardState.IN_BATCH: "info",
    CardState.PRINTED: "info",
    CardState.CHECKED: "info",
    CardState.IN_BOX: "warning",
    CardState.HANDED_OVER: "success",
    CardState.LOST: "danger",
    CardState.STOLEN: "danger",
    CardState.DAMAGED: "danger",
    CardState.REPLACED: "danger",
    CardState.RENEWED: "neutral",
    CardState.REVOKED: "danger",
    CardState.CANCELLED: "neutral",
}
_REQUEST_KINDS = {
    RequestState.REQUESTED: "warning",
    RequestState.APPROVED: "info",
    RequestState.REFUSED: "danger",
    RequestState.WITHDRAWN: "neutral",
    RequestState.BATCHED: "success",
}
_BATCH_KINDS = {
    BatchState.COMPOSING: "info",
    BatchState.HELD: "warning",
    BatchState.QUEUED: "neutral",
    BatchState.RUNNING: "info",
    BatchState.MADE: "success",
    BatchState.CLOSED: "neutral",
    BatchState.CANCELLED: "neutral",
}
_OUTCOME_KINDS = {
    CheckOutcome.VALID: "success",
    CheckOutcome.NOT_YET_VALID: "info",
    CheckOutcome.EXPIRED: "warning",
    CheckOutcome.REVOKED: "danger",
    CheckOutcome.REPLACED: "danger",
    CheckOutcome.UNKNOWN: "neutral",
    CheckOutcome.FORGED: "danger",
}


_OUTCOME_ICONS = {
    CheckOutcome.VALID: "check-circle",
    CheckOutcome.NOT_YET_VALID: "clock",
    CheckOutcome.EXPIRED: "calendar-days",
    CheckOutcome.REVOKED: "no-symbol",
    CheckOutcome.REPLACED: "arrow-path-rounded-square",
    CheckOutcome.UNKNOWN: "question-mark-circle",
    CheckOutcome.FORGED: "shield-exclamation",
}


@register.filter
def card_kind(state: str) -> str:
    """The colour and icon that go with a card's state."""
    return _CARD_KINDS.get(state, "neutral")


@register.filter
def request_kind(state: str) -> str:
    """The colour and icon that go with the state of a request."""
    return _REQUEST_KINDS.get(state, "neutral")


@register.filter
def entry(held: Mapping, key: str):
    """What a table holds under a key."""
    return held[key]


@register.filter
def place_name(place) -> str:
    """A place's name in the reader's language, where only its words were read."""
    return place.name_ar if (get_language() or "ar").startswith("ar") else place.name_fr


@register.filter
def batch_kind(state: str) -> str:
    return _BATCH_KINDS.get(state, "neutral")


@register.filter
def batch_word(batch: CardBatch) -> str:
    """Its state, and of one that is made how far the printer is."""
    if batch.state != BatchState.MADE or not batch.good:
        return batch.get_state_display()
    return _("Being printed") if batch.good < batch.cards_total else _("Printed, to be closed")


@register.filter
def outcome_kind(outcome: str) -> str:
    return _OUTCOME_KINDS.get(outcome, "neutral")


@register.filter
def outcome_icon(outcome: str) -> str:
    """A drawing of its own for each answer: colour alone tells nobody."""
    return _OUTCOME_ICONS[outcome]


@register.simple_tag
def list_stale_hours() -> int:
    """After how many hours a phone warns that its list of revoked cards is old."""
    return settings.CARD_LIST_STALE_HOURS


@register.filter
def as_history(events: list[AuditEvent]) -> list[dict]:
    """Audit rows as the items of `components/timeline.html`."""
    return [
        {
            "title": audit_labels.label_of(event.action),
            "when": event.happened_at,
            "by": event.actor,
            "text": " · ".join(filter(None, [str(event.after.get("place", "")), event.reason])),
            "kind": _CARD_KINDS.get(event.after.get("state"), "neutral"),
        }
        for event in events
    ]
