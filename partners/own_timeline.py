"""A request's history for its holder: what happened and when, without the names of those who did it."""

from collections.abc import Iterable

from core import audit_labels
from core.models import AuditEvent

_KINDS = {
    "partners.referral.accepted": "success",
    "partners.referral.refused": "danger",
    "partners.referral.documents_asked": "warning",
    "partners.referral.withdrawn": "neutral",
}


def own_timeline(events: Iterable[AuditEvent]) -> list[dict]:
    """Items of `components/timeline.html`."""
    return [
        {
            "title": audit_labels.label_of(event.action),
            "when": event.happened_at,
            "by": "",
            "text": "",
            "kind": _KINDS.get(event.action, "info"),
        }
        for event in events
        if event.action.startswith("partners.referral.")
    ]
