"""A walk-in who is an artisan: the counter's draft begun at the door."""

import uuid
from collections import Counter
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.arabic import is_arabic
from core.exceptions import ActionRefused
from core.models import User
from events.models import WalkIn
from events.models.walk_in import FORGOTTEN
from registry.actions import save_draft


@transaction.atomic
def draft_of_walk_in(*, walk_in: WalkIn, by: User) -> WalkIn:
    """Begin a draft in the register with what was written down; the counter goes on with it. Twice is once.

    Raises:
        ActionRefused: the actor belongs to no region, so that no counter would find the draft.
    """
    locked = WalkIn.objects.select_for_update(of=("self",)).select_related("commune").get(pk=walk_in.pk)
    if locked.draft_key is not None:
        return locked
    if not by.region_id:
        raise ActionRefused(_("A draft is begun by somebody of the region."))
    draft = save_draft(key=uuid.uuid4(), values={"fields": _typed(locked)}, files={}, version=None, by=by)
    locked.draft_key = draft.key
    locked.save(update_fields=["draft_key"])
    audit.record(
        action="events.walk_in.drafted",
        by=by,
        subject=locked,
        region_code=locked.meeting.region_id,
        after={"draft": str(draft.key)},
    )
    return locked


@transaction.atomic
def forget_walk_ins(*, before: datetime) -> int:
    """Take name and telephone out of what was written down at doors before this moment; of how many people.

    Counts and communes stay. Run again, it finds nobody.
    """
    old = WalkIn.objects.known().filter(created_at__lt=before)
    by_region = Counter(old.values_list("meeting__region_id", flat=True))
    old.update(name=FORGOTTEN, phone="")
    for region_code, number in by_region.items():
        audit.record(
            action="events.walk_in.forgotten", by=None, region_code=region_code, after={"people": number}
        )
    return sum(by_region.values())


def _typed(walk_in: WalkIn) -> dict[str, str]:
    """What the counter's form would hold, had it been typed there: the first word is the given name."""
    given, _space, family = walk_in.name.partition(" ")
    script = "ar" if is_arabic(given) else "latin"
    typed = {f"given_name_{script}": given, f"family_name_{script}": family, "phone": walk_in.phone}
    if walk_in.commune:
        typed |= {"province": walk_in.commune.province_id, "commune": walk_in.commune_id}
    return {name: value for name, value in typed.items() if value}
