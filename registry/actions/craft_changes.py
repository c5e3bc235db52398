"""Putting another list of crafts in use, and going back: refused while a craft in use has no answer."""

from collections import defaultdict

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import audit
from core.exceptions import ActionRefused
from core.models import User
from registry import craft_moving
from registry.enums import CraftChangeState, MappingVerdict
from registry.models import Craft, CraftChange, CraftList, CraftMapping


@transaction.atomic
def put_in_use(*, change: CraftChange, by: User) -> CraftChange:
    """Start moving registrants to the new list; it comes into use when the last one is moved.

    Raises:
        ActionRefused: a craft that registrants have is undecided, another change is under way, or another
            list came into use since the mapping was opened.
    """
    locked = _lock(change)
    if locked.state == CraftChangeState.MOVING:
        return locked
    if locked.state != CraftChangeState.MAPPING:
        raise ActionRefused(_("This change is finished."))
    if not CraftList.objects.filter(pk=locked.from_list_id, is_current=True).exists():
        raise ActionRefused(_("Another list came into use meanwhile. Open the mapping again."))
    open_ones = locked.mappings.undecided().with_use().filter(in_use__gt=0).count()
    if open_ones:
        raise ActionRefused(
            ngettext(
                "%(count)s craft that registrants have is still undecided.",
                "%(count)s crafts that registrants have are still undecided.",
                open_ones,
            )
            % {"count": open_ones}
        )
    return _start(locked, by, "registry.craft_list.started")


@transaction.atomic
def go_back(*, change: CraftChange, by: User) -> CraftChange:
    """Put the former list in use again: each registrant gets the craft back that the change took.

    A craft chosen since then has the former name where exactly one old craft became it; where none did or
    several, it stays, and the registrant is asked.

    Raises:
        ActionRefused: it is not the change by which the list in use came, or was undone already.
    """
    locked = _lock(change)
    if CraftChange.objects.filter(undoes=locked).exists():
        raise ActionRefused(_("This change is undone already."))
    in_use = CraftList.objects.filter(pk=locked.to_list_id, is_current=True).exists()
    newest = CraftChange.objects.filter(state=CraftChangeState.DONE).order_by("-finished_at", "-pk").first()
    if not in_use or newest != locked:
        raise ActionRefused(_("Only the latest change can be undone."))
    try:
        with transaction.atomic():
            undoing = CraftChange.objects.create(
                from_list_id=locked.to_list_id, to_list_id=locked.from_list_id, undoes=locked, started_by=by
            )
    except IntegrityError as error:
        raise ActionRefused(_("A change is under way already. Let it finish first.")) from error
    former = defaultdict(list)
    for mapping in locked.mappings.moving().select_related("from_craft"):
        former[mapping.to_craft_id].append(mapping.from_craft)
    mappings = []
    for craft in Craft.objects.of(locked.to_list):
        only = former[craft.pk][0] if len(former[craft.pk]) == 1 else None
        verdict = MappingVerdict.CONFIRMED if only else MappingVerdict.GONE
        mappings.append(
            CraftMapping(change=undoing, from_craft=craft, to_craft=only, verdict=verdict, decided_by=by)
        )
    CraftMapping.objects.bulk_create(mappings)
    return _start(undoing, by, "registry.craft_list.undone")


def _lock(change: CraftChange) -> CraftChange:
    # The list in use is locked first, always: two changes of it wait for each other.
    list(CraftList.objects.select_for_update().filter(is_current=True))
    return (
        CraftChange.objects.select_for_update(of=("self",))
        .select_related("from_list", "to_list")
        .get(pk=change.pk)
    )


def _start(change: CraftChange, by: User, action: str) -> CraftChange:
    change.state = CraftChangeState.MOVING
    change.started_by = by
    change.links_total = craft_moving.links_to_move(change)
    try:
        with transaction.atomic():
            change.save(update_fields=["state", "started_by", "links_total"])
    except IntegrityError as error:
        raise ActionRefused(_("A change is under way already. Let it finish first.")) from error
    audit.record(
        action=action,
        by=by,
        subject=change.to_list,
        before={"list": str(change.from_list)},
        after={"list": str(change.to_list), "links": change.links_total},
    )
    transaction.on_commit(lambda: craft_moving.begin(change.pk, change.links_total))
    return change
