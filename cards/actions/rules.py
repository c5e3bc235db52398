"""What a chamber decides about its cards."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cards.models import CardRules
from core import audit
from core.exceptions import ActionRefused
from core.models import Region, User


@transaction.atomic
def change_card_rules(*, region: Region, changes: dict[str, Any], version: int, by: User) -> CardRules:
    """Save a chamber's rules of its cards and say in the audit trail what changed.

    Raises:
        ActionRefused: somebody changed them since the page was opened (`version` is theirs at that time).
    """
    CardRules.objects.get_or_create(region=region)
    rules = CardRules.objects.select_for_update().get(region=region)
    if rules.version != version:
        raise ActionRefused(
            _("Somebody else changed these rules while you were working on them. Open them again.")
        )
    before = audit.snapshot(rules, changes)
    for field, value in changes.items():
        setattr(rules, field, value)
    after = audit.snapshot(rules, changes)
    changed = {field for field in changes if before[field] != after[field]}
    if changed:
        rules.version += 1
        rules.save()
        audit.record(
            action="cards.rules.changed",
            by=by,
            subject=rules,
            region_code=region.pk,
            before={field: before[field] for field in changed},
            after={field: after[field] for field in changed},
        )
    return rules
