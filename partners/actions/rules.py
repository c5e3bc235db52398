"""What the chambers together decide about partners' offers."""

from typing import Any

from django.db import transaction

from core import audit
from core.models import User
from partners.models import PartnershipRules

FIELDS = (
    "ask_after_days",
    "hide_after_days",
    "notice_before_end_days",
    "voucher_minutes",
    "referral_days",
)


@transaction.atomic
def change_rules(*, values: dict[str, Any], by: User) -> PartnershipRules:
    """Put other values; what was confirmed, issued or sent already keeps its own time."""
    PartnershipRules.objects.get_or_create(pk=1)
    locked = PartnershipRules.objects.select_for_update().get(pk=1)
    before = audit.snapshot(locked, FIELDS)
    for name in FIELDS:
        setattr(locked, name, values[name])
    after = audit.snapshot(locked, FIELDS)
    if after != before:
        locked.save()
        changed = [name for name in FIELDS if before[name] != after[name]]
        audit.record(
            action="partners.rules.changed",
            by=by,
            subject=locked,
            before={name: before[name] for name in changed},
            after={name: after[name] for name in changed},
        )
    return locked
