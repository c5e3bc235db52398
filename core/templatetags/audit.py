"""Audit rows in words."""

from django import template
from django.apps import apps
from django.db.models import Field
from django.utils.translation import gettext
from django.utils.translation import gettext as _

from core import audit_labels
from core.masking import MASKED_FIELDS, masked
from core.models import AuditEvent, User
from core.roles import Permission, Role

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


@register.filter
def changes_in_words(event: AuditEvent, reader: User) -> list[tuple[str, str, str]]:
    """What changed: the field's name and its values before and after, in the reader's words where known.

    Identity numbers are shown whole to those alone whose task needs them.
    """
    whole = reader.can(Permission.SEE_IDENTITY_NUMBERS)
    fields = _fields_of(event.subject_type)
    return [
        (
            _field_words(fields.get(name), name),
            _shown(name, _value_words(fields.get(name), old), whole=whole),
            _shown(name, _value_words(fields.get(name), new), whole=whole),
        )
        for name, old, new in event.changes
    ]


def _shown(name: str, words: str, *, whole: bool) -> str:
    return words if whole or name not in MASKED_FIELDS else masked(words)


def _fields_of(subject_type: str) -> dict[str, Field]:
    """The fields of what the row speaks of; none where that model is gone since."""
    try:
        model = apps.get_model(subject_type)
    except (LookupError, ValueError):
        return {}
    return {field.name: field for field in model._meta.concrete_fields}


def _field_words(field: Field | None, name: str) -> str:
    return str(field.verbose_name) if field else name


def _value_words(field: Field | None, value: object) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        return _("، ").join(str(item) for item in value)
    return (
        str(dict(field.flatchoices).get(value, value))
        if field and value not in {None, ""}
        else str(value or "")
    )
