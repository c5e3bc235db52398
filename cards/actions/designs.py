"""Changes to how a chamber's cards look."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cards.models import DesignVersion, KindDesign
from cards.settling import open_version
from core import audit
from core.arabic import clean
from core.exceptions import ActionRefused
from core.models import Chamber, User


@transaction.atomic
def change_design(
    *, chamber: Chamber, kind: str, changes: dict[str, Any], edition: str, by: User
) -> DesignVersion:
    """Change the design of one kind; where a batch was made with it, as the chamber's next version.

    Raises:
        ActionRefused: somebody changed it since the page was opened (`edition`: of what it showed).
    """
    settled = open_version(chamber=chamber, by=by)
    design = KindDesign.objects.get(version=settled, kind=kind)
    if edition != design.edition:
        raise ActionRefused(
            _("Somebody else changed this design while you were working on it. Open it again.")
        )
    before = audit.snapshot(design, changes)
    for field, value in changes.items():
        setattr(design, field, clean(value) if isinstance(value, str) else value)
    design.full_clean()
    design.save()
    after = audit.snapshot(design, changes)
    changed = [field for field in changes if before[field] != after[field]]
    if changed:
        audit.record(
            action="cards.design.changed",
            by=by,
            subject=settled,
            label=f"{design.get_kind_display()} · {settled.number}",
            region_code=settled.region_id,
            before={field: before[field] for field in changed},
            after={field: after[field] for field in changed} | {"version": settled.number},
        )
    return settled
