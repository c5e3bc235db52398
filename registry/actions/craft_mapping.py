"""What becomes of each old craft: proposed by the machine, decided by a person."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.exceptions import ActionRefused
from core.models import User
from registry.craft_matching import CraftMatcher
from registry.enums import CraftChangeState, MappingVerdict
from registry.models import Craft, CraftChange, CraftList, CraftMapping


@transaction.atomic
def open_mapping(*, craft_list: CraftList, by: User) -> CraftChange:
    """Propose a new craft for each old one. Asked for twice, it is the mapping that is there.

    Raises:
        ActionRefused: the list is in use already, or none is.
    """
    locked = CraftList.objects.select_for_update().get(pk=craft_list.pk)
    current = CraftList.objects.filter(is_current=True).first()
    if current is None or locked.is_current:
        raise ActionRefused(_("This list is in use already."))
    under_way = CraftChange.objects.filter(
        to_list=locked, state__in=[CraftChangeState.MAPPING, CraftChangeState.MOVING]
    ).first()
    if under_way and under_way.from_list_id == current.pk:
        return under_way
    if under_way:
        # Another list came into use meanwhile: what was decided about the former one says nothing now.
        under_way.state = CraftChangeState.ABANDONED
        under_way.save(update_fields=["state"])
    change = CraftChange.objects.create(from_list=current, to_list=locked, started_by=by)
    matcher = CraftMatcher(Craft.objects.of(locked))
    mappings = []
    for old in Craft.objects.of(current):
        proposal = matcher.best(old)
        mappings.append(
            CraftMapping(change=change, from_craft=old, to_craft=proposal.craft, score=proposal.score)
        )
    CraftMapping.objects.bulk_create(mappings)
    audit.record(
        action="registry.craft_mapping.opened",
        by=by,
        subject=locked,
        after={"crafts": len(mappings), "proposed": sum(m.to_craft is not None for m in mappings)},
    )
    return change


@transaction.atomic
def decide_mapping(*, mapping: CraftMapping, to_craft: Craft | None, by: User) -> CraftMapping:
    """Say which new craft an old one is; None: it no longer exists, and its registrants are asked.

    Raises:
        ActionRefused: registrants are being moved already, or the craft is of another list.
    """
    change = _open_change(mapping.change_id)
    locked = CraftMapping.objects.select_for_update().select_related("from_craft").get(pk=mapping.pk)
    if to_craft is not None and to_craft.branch.craft_list_id != change.to_list_id:
        raise ActionRefused(_("This craft is not of the new list."))
    before = {"verdict": locked.verdict, "to_craft": str(locked.to_craft or "")}
    locked.to_craft = to_craft
    locked.verdict = MappingVerdict.CONFIRMED if to_craft else MappingVerdict.GONE
    locked.decided_by, locked.decided_at = by, timezone.now()
    locked.save(update_fields=["to_craft", "verdict", "decided_by", "decided_at"])
    audit.record(
        action="registry.craft_mapping.decided",
        by=by,
        subject=change.to_list,
        label=str(locked.from_craft),
        before=before,
        after={"verdict": locked.verdict, "to_craft": str(to_craft or "")},
    )
    return locked


@transaction.atomic
def confirm_proposals(*, change: CraftChange, mapping_ids: Sequence[int], by: User) -> int:
    """Confirm what the machine proposed for these old crafts; how many were still open.

    Raises:
        ActionRefused: registrants are being moved already.
    """
    locked_change = _open_change(change.pk)
    open_ones = locked_change.mappings.undecided().filter(pk__in=mapping_ids, to_craft__isnull=False)
    ids = list(open_ones.select_for_update().order_by("pk").values_list("pk", flat=True))
    CraftMapping.objects.filter(pk__in=ids).update(
        verdict=MappingVerdict.CONFIRMED, decided_by=by, decided_at=timezone.now()
    )
    if ids:
        audit.record(
            action="registry.craft_mapping.confirmed",
            by=by,
            subject=locked_change.to_list,
            after={"crafts": len(ids)},
        )
    return len(ids)


def _open_change(change_id: int) -> CraftChange:
    change = CraftChange.objects.select_for_update(of=("self",)).select_related("to_list").get(pk=change_id)
    if change.state != CraftChangeState.MAPPING:
        raise ActionRefused(_("The mapping is closed: registrants are being moved or were moved already."))
    return change
