"""Changes to offers, each locked and audited. `partners.lifecycle.OFFER` says what may follow what."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.exceptions import ActionRefused
from core.models import Region, User
from partners.enums import OfferState, ReviewOutcome
from partners.lifecycle import OFFER
from partners.models import CheckPoint, Offer, OfferReview, PartnershipRules

TERMS = ("terms_ar", "terms_fr", "starts_on", "ends_on")


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
    today = timezone.localdate()
    return _save(locked, "partners.offer.confirmed", by, confirmed_on=today, fresh_until=_fresh_until(today))


@transaction.atomic
def propose_offer(*, offer: Offer, by: User) -> Offer:
    """Hand a draft to whoever checks it; asked twice is asked once.

    Raises:
        ActionRefused: it is no draft, or its time is over.
    """
    locked = _locked(offer)
    if locked.state == OfferState.PROPOSED:
        return locked
    move = OFFER.check("propose", locked.state)
    _refuse_past(locked)
    return _save(
        locked, "partners.offer.proposed", by, state=move.to, proposed_by_id=by.pk, published_by_id=None
    )


@transaction.atomic
def review_offer(
    *, offer: Offer, outcome: ReviewOutcome, answers: dict[str, bool], reason: str = "", by: User
) -> Offer:
    """Publish a proposed offer, or return it to whoever proposed it.

    Args:
        answers: for each point of the published list, whether it holds.

    Raises:
        ActionRefused: it does not wait for a check, `by` proposed it, a point does not hold or was left out,
            it is returned without a reason, or its time is over.
    """
    locked = _locked(offer)
    reason = reason.strip()
    if outcome == ReviewOutcome.RETURNED:
        move, action, changes = OFFER.check("return", locked.state), "partners.offer.returned", {}
        if not reason:
            raise ActionRefused(_("Say what has to be changed."))
    else:
        move, action = OFFER.check("publish", locked.state), "partners.offer.published"
        points = CheckPoint.objects.filter(is_active=True).values_list("code", flat=True)
        if not all(answers.get(code) for code in points):
            raise ActionRefused(_("An offer is published when every point holds."))
        _refuse_past(locked)
        today = timezone.localdate()
        changes = {
            "published_by_id": by.pk,
            "published_on": today,
            "fresh_until": _fresh_until(locked.confirmed_on or today),
        }
    if by.pk == locked.proposed_by_id:
        raise ActionRefused(_("Somebody else checks what you proposed."))
    OfferReview.objects.create(offer=locked, outcome=outcome, answers=answers, reason=reason, checked_by=by)
    return _save(locked, action, by, reason, state=move.to, **changes)


@transaction.atomic
def withdraw_offer(*, offer: Offer, reason: str, by: User) -> Offer:
    """Take an offer away from its readers; a new publication needs a new check and a new confirmation.

    Raises:
        ActionRefused: it is not published, or no reason is given.
    """
    locked = _locked(offer)
    if not reason.strip():
        raise ActionRefused(_("Say why the offer is withdrawn."))
    move = OFFER.check("withdraw", locked.state)
    return _save(locked, "partners.offer.withdrawn", by, reason.strip(), state=move.to, confirmed_on=None)


@transaction.atomic
def reopen_offer(*, offer: Offer, by: User) -> Offer:
    """Make a draft of a withdrawn offer.

    Raises:
        ActionRefused: it is not withdrawn.
    """
    locked = _locked(offer)
    move = OFFER.check("reopen", locked.state)
    return _save(locked, "partners.offer.reopened", by, state=move.to)


def _locked(offer: Offer) -> Offer:
    return Offer.objects.select_for_update().get(pk=offer.pk)


def _terms(offer: Offer, regions: Iterable[Region]) -> dict[str, Any]:
    return audit.snapshot(offer, TERMS) | {"regions": sorted(region.code for region in regions)}


def _fresh_until(said_on: date) -> date:
    return said_on + timedelta(days=PartnershipRules.current().hide_after_days)


def _refuse_past(offer: Offer) -> None:
    if offer.ends_on and offer.ends_on < timezone.localdate():
        raise ActionRefused(_("This offer's time is over: change its dates first."))


def _save(offer: Offer, action: str, by: User, reason: str = "", **changes: str | int | date | None) -> Offer:
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
