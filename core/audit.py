"""Writing the audit trail: who did what, to what, from where, and what changed."""

from collections.abc import Iterable
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.db import models
from django.utils import timezone

from core import bulk
from core.models import AuditEvent, User

# Set for each request by AuditContextMiddleware; empty in a command or a background task.
client_address: ContextVar[str] = ContextVar("client_address", default="")


def snapshot(instance: models.Model, fields: Iterable[str]) -> dict[str, Any]:
    """The named fields of a record as plain text and numbers, fit for an audit row."""
    return {name: _plain(getattr(instance, instance._meta.get_field(name).attname)) for name in fields}


def record(
    *,
    action: str,
    by: User | None,
    subject: models.Model | None = None,
    label: str = "",
    region_code: str = "",
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str = "",
) -> AuditEvent:
    """Append one row. Call it inside the transaction that makes the change.

    Args:
        action: `app.noun.verb`, such as `registry.application.approved`; worded in `core.audit_labels`.
        by: the actor; None for the system itself.
        label: what the subject was called at the time; kept because the subject may change or go.
        region_code: whose auditor may read it; empty for national matters.
        before, after: only the fields that changed.
    """
    return AuditEvent.objects.create(
        action=action,
        **_actor(by),
        region_code=region_code,
        subject_type=subject._meta.label_lower if subject is not None else "",
        subject_id=str(subject.pk) if subject is not None else "",
        subject_label=(label or (str(subject) if subject is not None else ""))[:200],
        before={key: _plain(value) for key, value in (before or {}).items()},
        after={key: _plain(value) for key, value in (after or {}).items()},
        reason=reason,
    )


class Entry(NamedTuple):
    """What one row of many says; `before` and `after` hold plain text and numbers."""

    key: int
    label: str
    region_code: str
    before: dict[str, Any]
    after: dict[str, Any]


def record_many(*, action: str, by: User | None, model: type[models.Model], entries: Iterable[Entry]) -> None:
    """Append a row for each of many records of one model, to which one person did the same thing."""
    same = {"action": action, **_actor(by), "subject_type": model._meta.label_lower, "reason": ""}
    own = ["happened_at", "subject_id", "subject_label", "region_code", "before", "after"]
    now = timezone.now()
    bulk.copy(
        AuditEvent,
        [*same, *own],
        (
            [*same.values(), now, str(one.key), one.label[:200], one.region_code, one.before, one.after]
            for one in entries
        ),
    )


def _actor(by: User | None) -> dict[str, str]:
    return {
        "actor_id": str(by.pk) if by else "",
        "actor_name": (by.get_full_name() if by else "system")[:120],
        "actor_roles": ",".join(by.roles) if by else "",
        "address": client_address.get(),
    }


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, list | tuple | set):
        return [_plain(item) for item in value]
    if isinstance(value, datetime) and timezone.is_aware(value):
        # The database gives a moment in UTC, a form in Moroccan time: it is the same moment.
        return str(value.astimezone(UTC))
    return str(value)
