"""Craft bodies follow when the list of crafts is replaced: a body's branch becomes the one of its crafts."""

from collections import Counter

from django.db import IntegrityError, transaction

from registry.enums import BodyState
from registry.models import CraftBody, CraftBranch, CraftChange


def new_branches(change: CraftChange) -> dict[int, CraftBranch]:
    """For each old branch the new one that most of its crafts go to; by code where no craft says it.

    A branch that neither says stays as it is.
    """
    votes: dict[int, Counter] = {}
    mappings = change.mappings.moving().values_list("from_craft__branch_id", "to_craft__branch_id")
    for old, new in mappings:
        votes.setdefault(old, Counter())[new] += 1
    branches = {branch.pk: branch for branch in change.to_list.branches.all()}
    by_code = {branch.code: branch for branch in branches.values()}
    found = {}
    for old in change.from_list.branches.all():
        ranked = sorted(votes.get(old.pk, Counter()).items(), key=lambda item: (-item[1], item[0]))
        new = branches[ranked[0][0]] if ranked else by_code.get(old.code)
        if new:
            found[old.pk] = new
    return found


def move_bodies(change: CraftChange) -> dict[str, int]:
    """Take the bodies along, inside the transaction that switches the lists; which had which branch.

    Where two old branches became one, one body of a territory can have it: founded ones come first, and the
    other keeps its old branch and its name until somebody decides on it.
    """
    if change.undoes_id:
        targets = {int(body): branch for body, branch in change.undoes.bodies_moved.items()}
    else:
        branches = new_branches(change)
        here = CraftBody.objects.filter(branch__in=branches).values_list("pk", "branch_id")
        targets = {body: branches[branch].pk for body, branch in here}
    moved = {}
    bodies = CraftBody.objects.select_for_update().filter(pk__in=targets)
    for body in sorted(bodies, key=lambda body: (body.state != BodyState.FOUNDED, body.pk)):
        target = targets[body.pk]
        old = body.branch_id
        try:
            with transaction.atomic():
                CraftBody.objects.filter(pk=body.pk).update(branch_id=target)
        except IntegrityError:
            continue
        moved[str(body.pk)] = old
    return moved
