"""Changes to offers, and the checks that partners make: each under a lock where it writes, each audited."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cards.actions import note_check
from cards.enums import CheckOutcome
from cards.search import identify
from core import audit
from core.exceptions import ActionRefused
from core.models import Region, User
from partners.eligibility import Right, rights
from partners.enums import OfferState
from partners.models import Offer, Partner

TERMS = ("terms_ar", "terms_fr", "starts_on", "ends_on")


@dataclass(frozen=True)
class Answer:
    """What a partner learns of a card: valid or not, whose, and the rights to the partner's own offers."""

    outcome: CheckOutcome
    holder: str = ""
    rights: Sequence[Right] = ()


@transaction.atomic
def change_terms(
    *, offer: Offer, terms: dict[str, Any], regions: Sequence[Region], version: int, by: User
) -> Offer:
    """Put an offer's terms, dates and regions. What was confirmed before is no longer what stands.

    Args:
        terms: a value for each name of TERMS.
        version: of the offer as it was when the form was opened.

    Raises:
        ActionRefused: somebody else changed the offer meanwhile.
    """
    locked = _locked(offer)
    if locked.version != version:
        raise ActionRefused(_("Somebody changed this offer meanwhile. Look at it again, then save."))
    before = _terms(locked, locked.regions.all()) | audit.snapshot(locked, ["confirmed_on"])
    for name in TERMS:
        setattr(locked, name, terms[name])
    after = _terms(locked, regions)
    if after.items() <= before.items():
        return locked
    locked.confirmed_on = None
    locked.version += 1
    locked.save()
    locked.regions.set(regions)
    _record("partners.offer.changed", locked, by, before, after | audit.snapshot(locked, ["confirmed_on"]))
    return locked


@transaction.atomic
def confirm_offer(*, offer: Offer, by: User) -> Offer:
    """Say that the partner confirmed today what the portal shows.

    Raises:
        ActionRefused: the offer is withdrawn, or its time is over.
    """
    locked = _locked(offer)
    if locked.state == OfferState.WITHDRAWN:
        raise ActionRefused(_("A withdrawn offer is not confirmed: publish it again first."))
    _refuse_past(locked)
    return _save(locked, "partners.offer.confirmed", by, confirmed_on=timezone.localdate())


@transaction.atomic
def publish_offer(*, offer: Offer, by: User) -> Offer:
    """Show an offer to its readers.

    Raises:
        ActionRefused: it is published already, or its time is over.
    """
    locked = _locked(offer)
    if locked.state == OfferState.PUBLISHED:
        raise ActionRefused(_("This offer is published already."))
    _refuse_past(locked)
    return _save(locked, "partners.offer.published", by, state=OfferState.PUBLISHED)


@transaction.atomic
def withdraw_offer(*, offer: Offer, reason: str, by: User) -> Offer:
    """Take an offer away from its readers; a new publication needs a new confirmation.

    Raises:
        ActionRefused: it is not published, or no reason is given.
    """
    locked = _locked(offer)
    if not reason.strip():
        raise ActionRefused(_("Say why the offer is withdrawn."))
    if locked.state != OfferState.PUBLISHED:
        raise ActionRefused(_("Only a published offer is withdrawn."))
    return _save(
        locked, "partners.offer.withdrawn", by, reason.strip(), state=OfferState.WITHDRAWN, confirmed_on=None
    )


@transaction.atomic
def check_rights(*, text: str, partner: Partner, by: User) -> Answer:
    """Answer a partner's agent who scanned or typed a card; that it was asked is kept.

    A card that is not valid says nothing of its holder.
    """
    found = identify(text)
    card, outcome = found.card, CheckOutcome(found.outcome)
    note_check(card, region=by.region_id or "")
    audit.record(
        action="partners.card.checked",
        by=by,
        subject=card,
        region_code=card.registrant.region_id if card else "",
        after={"outcome": outcome.value, "partner": partner.code},
    )
    if card is None or outcome != CheckOutcome.VALID:
        return Answer(outcome)
    offers = Offer.objects.running().of_partner(partner).in_catalogue_order().with_list_columns()
    holder = card.registrant
    return Answer(outcome, holder.name, rights(offers=offers, holder=holder, outcome=outcome))


def _locked(offer: Offer) -> Offer:
    return Offer.objects.select_for_update().get(pk=offer.pk)


def _terms(offer: Offer, regions: Iterable[Region]) -> dict[str, Any]:
    return audit.snapshot(offer, TERMS) | {"regions": sorted(region.code for region in regions)}


def _refuse_past(offer: Offer) -> None:
    if offer.ends_on and offer.ends_on < timezone.localdate():
        raise ActionRefused(_("This offer's time is over: change its dates first."))


def _save(offer: Offer, action: str, by: User, reason: str = "", **changes: str | date | None) -> Offer:
    """Save what changes; nothing is written twice when a button is pressed twice."""
    before = audit.snapshot(offer, changes)
    for name, value in changes.items():
        setattr(offer, name, value)
    after = audit.snapshot(offer, changes)
    if after != before:
        offer.version += 1
        offer.save()
        _record(action, offer, by, before, after, reason)
    return offer


def _record(action: str, offer: Offer, by: User, before: dict, after: dict, reason: str = "") -> None:
    changed = [name for name in after if before[name] != after[name]]
    audit.record(
        action=action,
        by=by,
        subject=offer,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
        reason=reason,
    )
