"""How an offer is locked, saved and written into the trail: the same for its life and for its changes."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.exceptions import ActionRefused
from core.models import User
from partners.models import CheckPoint, Offer, PartnerAgent, PartnershipRules
from registry.models import Craft


def locked(offer: Offer) -> Offer:
    return Offer.objects.select_for_update().get(pk=offer.pk)


def fresh_until(said_on: date) -> date:
    """The last day on which an offer shows itself after it was confirmed, or first shown, on a day."""
    return said_on + timedelta(days=PartnershipRules.current().hide_after_days)


def acts_for(user: User, offer: Offer) -> bool:
    """Whether what this person says of the offer is the partner's own word."""
    return PartnerAgent.objects.filter(user=user, partner_id=offer.partner_id).exists()


def refuse_past(offer: Offer) -> None:
    if offer.ends_on and offer.ends_on < timezone.localdate():
        raise ActionRefused(_("This offer's time is over: change its dates first."))


def refuse_other_version(offer: Offer, version: int) -> None:
    if offer.version != version:
        raise ActionRefused(_("Somebody changed this offer meanwhile. Look at it again, then save."))


def refuse_unchecked(answers: Mapping[str, bool]) -> None:
    """Every point of the list in use holds, or nothing is published."""
    points = CheckPoint.objects.filter(is_active=True).values_list("code", flat=True)
    if not all(answers.get(code) for code in points):
        raise ActionRefused(_("An offer is published when every point holds."))


def refuse_own(by: User, proposed_by_id: int | None) -> None:
    if by.pk == proposed_by_id:
        raise ActionRefused(_("Somebody else checks what you proposed."))


def save(offer: Offer, action: str, by: User, reason: str = "", **changes: str | int | date | None) -> Offer:
    """Save what changes; nothing is written twice when a button is pressed twice."""
    before = audit.snapshot(offer, changes)
    for name, value in changes.items():
        setattr(offer, name, value)
    after = audit.snapshot(offer, changes)
    if after != before:
        offer.version += 1
        offer.save()
        record(action, offer, by, before, after, reason)
    return offer


def record(
    action: str,
    offer: Offer,
    by: User | None,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    reason: str = "",
) -> None:
    """The names that differ, in the offer's trail."""
    differing = [name for name in after if before.get(name) != after[name]]
    audit.record(
        action=action,
        by=by,
        subject=offer,
        before=_lasting(before, differing),
        after=_lasting(after, differing),
        reason=reason,
    )


def _lasting(values: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """As the trail keeps it when records are gone: crafts and documents by name."""
    kept = {name: values[name] for name in names if name in values}
    if kept.get("crafts"):
        kept["crafts"] = list(Craft.objects.filter(pk__in=kept["crafts"]).values_list("name_fr", flat=True))
    if kept.get("requirements"):
        kept["requirements"] = [row["name_fr"] for row in kept["requirements"]]
    return kept
