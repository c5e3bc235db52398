"""Audit rows in words."""

from django import template
from django.utils.translation import gettext

from core import audit_labels
from core.models import AuditEvent
from core.roles import Role

register = template.Library()


@register.filter
def action_words(action: str) -> str:
    return audit_labels.label_of(action)


@register.filter
def role_words(roles: str) -> str:
    """The roles an actor had at the time; a role that exists no more keeps its code."""
    known = dict(Role.choices)
    return gettext(", ").join(str(known.get(role, role)) for role in roles.split(",") if role)


@register.filter
def as_timeline(events: list[AuditEvent]) -> list[dict]:
    """Audit rows as the items of `components/timeline.html`."""
    return [
        {
            "title": audit_labels.label_of(event.action),
            "when": event.happened_at,
            "by": event.actor,
            "text": event.reason,
        }
        for event in events
    ]
