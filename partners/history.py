"""What happened to a partner, an offer, an agreement or an adhesion, as the items of a timeline."""

from django.db import models
from django.utils.translation import gettext as _

from core import audit_labels
from core.models import AuditEvent
from partners.models import Offer
from partners.offer_values import NAMES
from partners.offer_words import label_of

MOST = 50


def history_of(record: models.Model) -> list[dict]:
    """The newest first; what was changed is named, what it said is in the audit trail."""
    return [
        {
            "title": audit_labels.label_of(event.action),
            "when": event.happened_at,
            "by": event.actor,
            "text": event.reason or (_changed(event) if isinstance(record, Offer) else ""),
        }
        for event in AuditEvent.objects.about(record)[:MOST]
    ]


def _changed(event: AuditEvent) -> str:
    return _(", ").join(label_of(name) for name in NAMES if name in event.after)
