"""What checks of cards leave behind: staff's own in the audit trail, unusual ones for the card officer."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cards.enums import CheckOutcome, UnusualKind
from cards.models import Card, UnusualCheck
from core import audit
from core.arabic import clean
from core.exceptions import ActionRefused
from core.models import User


@transaction.atomic
def report_unusual(*, card: Card, kind: UnusualKind, regions: Iterable[str] = ()) -> UnusualCheck:
    """Write down what was noticed, or count it on where it is known and not dismissed."""
    now = timezone.now()
    found, is_new = UnusualCheck.objects.select_for_update().get_or_create(
        card=card, kind=kind, dismissed_at=None, defaults={"last_at": now, "regions": sorted(set(regions))}
    )
    if not is_new:
        found.last_at, found.count = now, found.count + 1
        found.regions = sorted({*found.regions, *regions})
        found.save(update_fields=["last_at", "count", "regions"])
    return found


@transaction.atomic
def dismiss_unusual(*, check: UnusualCheck, reason: str, by: User) -> UnusualCheck:
    """Take a notice off the list, with what was found out.

    Raises:
        ActionRefused: no reason, or somebody else dismissed it meanwhile.
    """
    why = clean(reason)
    if not why:
        raise ActionRefused(_("Give a reason."))
    locked = UnusualCheck.objects.select_for_update(of=("self",)).select_related("card").get(pk=check.pk)
    if locked.dismissed_at is not None:
        raise ActionRefused(_("Somebody else dismissed this already."))
    locked.dismissed_at, locked.dismissed_by, locked.dismissal = timezone.now(), by, why
    locked.save(update_fields=["dismissed_at", "dismissed_by", "dismissal"])
    audit.record(
        action="cards.unusual.dismissed",
        by=by,
        subject=locked.card,
        region_code=locked.card.registrant.region_id,
        before={"kind": locked.kind, "count": locked.count},
        reason=why,
    )
    return locked


def record_check(*, card: Card, outcome: CheckOutcome, by: User) -> None:
    """Somebody of the staff checked a card: each time is kept."""
    audit.record(
        action="cards.card.verified",
        by=by,
        subject=card,
        region_code=card.registrant.region_id,
        after={"outcome": str(outcome)},
    )
