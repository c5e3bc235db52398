"""New versions of the list of crafts: entered as a draft that nothing uses yet, or discarded."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.arabic import clean
from core.exceptions import ActionRefused
from core.models import User
from registry.craft_files import CraftRow
from registry.enums import CraftChangeState
from registry.models import Craft, CraftBranch, CraftChange, CraftList


@transaction.atomic
def add_craft_list(
    *, rows: Sequence[CraftRow], name_ar: str, name_fr: str, is_official: bool, by: User
) -> CraftList:
    """Enter a list as a draft. Whether it is the official one, the person who sends it says."""
    craft_list = CraftList.objects.create(
        code=_new_code(),
        name_ar=clean(name_ar),
        name_fr=clean(name_fr),
        is_official=is_official,
        uploaded_by=by,
    )
    first_rows = {row.branch_code: row for row in reversed(rows)}
    branches = {
        row.branch_code: CraftBranch(
            craft_list=craft_list,
            code=row.branch_code,
            name_ar=row.branch_ar,
            name_fr=row.branch_fr,
            class_code=row.class_code,
            class_name_ar=row.class_ar,
            class_name_fr=row.class_fr,
        )
        for row in sorted(first_rows.values(), key=lambda row: row.branch_code)
    }
    CraftBranch.objects.bulk_create(branches.values())
    Craft.objects.bulk_create(
        Craft(
            branch=branches[row.branch_code],
            code=row.craft_code,
            name_ar=row.craft_ar,
            name_fr=row.craft_fr,
        )
        for row in rows
    )
    audit.record(
        action="registry.craft_list.added",
        by=by,
        subject=craft_list,
        after={"crafts": len(rows), "branches": len(branches), "is_official": is_official},
    )
    return craft_list


@transaction.atomic
def discard_craft_list(*, craft_list: CraftList, by: User) -> None:
    """Remove a draft that was never in use.

    Raises:
        ActionRefused: it is in use, was once, or registrants are being moved to it.
    """
    locked = CraftList.objects.select_for_update().filter(pk=craft_list.pk).first()
    if locked is None:
        return
    if not is_draft(locked):
        raise ActionRefused(_("This list is or was in use: it stays."))
    audit.record(action="registry.craft_list.discarded", by=by, subject=locked)
    CraftChange.objects.filter(to_list=locked).delete()
    Craft.objects.filter(branch__craft_list=locked).delete()
    CraftBranch.objects.filter(craft_list=locked).delete()
    locked.delete()


def is_draft(craft_list: CraftList) -> bool:
    """Whether nothing ever referred to this list."""
    used = CraftChange.objects.filter(state__in=[CraftChangeState.MOVING, CraftChangeState.DONE])
    return not (
        craft_list.is_current
        or craft_list.uploaded_by_id is None
        or used.filter(to_list=craft_list).exists()
        or used.filter(from_list=craft_list).exists()
    )


def _new_code() -> str:
    """A code of the day; the number behind it is the day's own."""
    day = f"list-{timezone.localdate():%Y-%m-%d}"
    number = 1
    while CraftList.objects.filter(code=f"{day}-{number}").exists():
        number += 1
    return f"{day}-{number}"
