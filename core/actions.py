"""Changes to what core owns."""

from typing import Any

from django.db import transaction

from core import audit
from core.arabic import clean
from core.models import Chamber, User


@transaction.atomic
def change_chamber(*, chamber: Chamber, changes: dict[str, Any], by: User) -> Chamber:
    """Save a chamber's settings and say in the audit trail what changed."""
    locked = Chamber.objects.select_for_update().get(pk=chamber.pk)
    before = audit.snapshot(locked, changes)
    for field, value in changes.items():
        setattr(locked, field, clean(value) if isinstance(value, str) else value)
    locked.full_clean()
    locked.save()
    after = audit.snapshot(locked, changes)
    changed = {field for field in changes if before[field] != after[field]}
    if changed:
        audit.record(
            action="core.chamber.changed",
            by=by,
            subject=locked,
            region_code=locked.region_id,
            before={field: before[field] for field in changed},
            after={field: after[field] for field in changed},
        )
    return locked
