"""What a chamber decides about its register: time limits, documents, and its own grounds."""

from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.arabic import clean, fold
from core.exceptions import ActionRefused
from core.models import Region, User
from registry.enums import GroundProcedure
from registry.models import Ground, RegisterRules


@transaction.atomic
def change_rules(*, region: Region, changes: dict[str, Any], version: int, by: User) -> RegisterRules:
    """Save a chamber's rules and say in the audit trail what changed. Times already running stay as they are.

    Raises:
        ActionRefused: somebody changed them since the page was opened (`version` is theirs at that time).
    """
    RegisterRules.objects.get_or_create(region=region)
    rules = RegisterRules.objects.select_for_update().get(region=region)
    if rules.version != version:
        raise ActionRefused(
            _("Somebody else changed these rules while you were working on them. Open them again.")
        )
    before = audit.snapshot(rules, changes)
    for field, value in changes.items():
        setattr(rules, field, value)
    rules.full_clean()
    after = audit.snapshot(rules, changes)
    changed = {field for field in changes if before[field] != after[field]}
    if changed:
        rules.version += 1
        rules.save()
        audit.record(
            action="registry.rules.changed",
            by=by,
            subject=rules,
            region_code=region.pk,
            before={field: before[field] for field in changed},
            after={field: after[field] for field in changed},
        )
    return rules


@transaction.atomic
def add_ground(*, region: Region, procedure: str, name_ar: str, name_fr: str, by: User) -> Ground:
    """Put a ground on the chamber's own list.

    Raises:
        ActionRefused: the list of this procedure has it already, in whatever spelling.
    """
    # Two additions at once wait for each other on the chamber's region.
    Region.objects.select_for_update(no_key=True).get(pk=region.pk)
    there = Ground.objects.of_region(region.pk).filter(procedure=GroundProcedure(procedure))
    if any(fold(ground.name_ar) == fold(name_ar) for ground in there):
        raise ActionRefused(_("The list has this ground already."))
    ground = Ground.objects.create(
        region=region,
        procedure=procedure,
        code=f"own-{uuid4().hex[:12]}",
        name_ar=clean(name_ar),
        name_fr=clean(name_fr),
    )
    _record("added", ground, region, by)
    return ground


@transaction.atomic
def use_ground(*, ground: Ground, region: Region, in_use: bool, by: User) -> Ground:
    """Offer a ground to decisions, or no longer; decisions that rest on it keep it."""
    locked = Ground.objects.select_for_update().get(pk=ground.pk)
    if locked.is_active != in_use:
        locked.is_active = in_use
        locked.save(update_fields=["is_active"])
        _record("used" if in_use else "retired", locked, region, by)
    return locked


def _record(what: str, ground: Ground, region: Region, by: User) -> None:
    audit.record(
        action=f"registry.ground.{what}",
        by=by,
        subject=ground,
        region_code=region.pk if ground.region_id else "",
        after={"procedure": ground.procedure, "is_active": ground.is_active},
    )
