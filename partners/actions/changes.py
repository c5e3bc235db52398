"""New words or terms for a published offer, which is shown as it was until they are checked."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.exceptions import ActionRefused
from core.models import User
from partners.actions import saving
from partners.enums import ChangeState, OfferState, ReviewOutcome
from partners.lifecycle import CHANGE, OFFER
from partners.models import OfferChange, OfferReview
from partners.models.offer import Offer
from partners.offer_values import Values, changed, put, values_of


@transaction.atomic
def propose_change(*, offer: Offer, values: Values, version: int, by: User) -> OfferChange:
    """Hand in what a published offer shall say. Only what differs is kept.

    Args:
        values: of `partners.offer_values.NAMES`, some or all.
        version: of the offer as it was when the form was opened.

    Raises:
        ActionRefused: it is not published, somebody changed it meanwhile, another change waits, or nothing
            differs.
    """
    locked = saving.locked(offer)
    if locked.state != OfferState.PUBLISHED:
        raise ActionRefused(OFFER.named("withdraw").refusal)
    saving.refuse_other_version(locked, version)
    if locked.changes.filter(state=ChangeState.PROPOSED).exists():
        raise ActionRefused(_("A change of this offer waits to be checked already: take it back first."))
    before = values_of(locked)
    names = changed(before, values)
    if not names:
        raise ActionRefused(_("Nothing differs from what the offer says now."))
    wanted = {name: values[name] for name in names}
    change = OfferChange.objects.create(
        offer=locked, values=wanted, on_version=locked.version, proposed_by=by
    )
    saving.record("partners.offer.change_proposed", locked, by, before, wanted)
    return change


@transaction.atomic
def withdraw_change(*, change: OfferChange, by: User) -> OfferChange:
    """Take a change back that nobody has decided on.

    Raises:
        ActionRefused: it was decided on.
    """
    offer, waiting = _locked(change)
    _close(waiting, CHANGE.check("withdraw", waiting.state).to, by)
    saving.record("partners.offer.change_withdrawn", offer, by, {}, {})
    return waiting


@transaction.atomic
def review_change(
    *, change: OfferChange, outcome: ReviewOutcome, answers: dict[str, bool], reason: str = "", by: User
) -> OfferChange:
    """Show what was proposed from now on, or return it. The partner's own change confirms the offer.

    Args:
        answers: for each point of the published list, whether it holds for the offer as it will be.

    Raises:
        ActionRefused: it was decided on, `by` proposed it, the offer is not published any more, a point does
            not hold or was left out, it is returned without a reason, or the new period is over.
    """
    offer, waiting = _locked(change)
    reason = reason.strip()
    accepted = outcome == ReviewOutcome.PUBLISHED
    move = CHANGE.check("accept" if accepted else "return", waiting.state)
    if accepted:
        saving.refuse_unchecked(answers)
    elif not reason:
        raise ActionRefused(_("Say what has to be changed."))
    saving.refuse_own(by, waiting.proposed_by_id)
    if accepted:
        _show(offer, waiting, by)
    else:
        saving.record("partners.offer.change_returned", offer, by, {}, {}, reason)
    _close(waiting, move.to, by, reason)
    OfferReview.objects.create(
        offer=offer, change=waiting, outcome=outcome, answers=answers, reason=reason, checked_by=by
    )
    return waiting


def _show(offer: Offer, change: OfferChange, by: User) -> None:
    if offer.state != OfferState.PUBLISHED:
        raise ActionRefused(OFFER.named("withdraw").refusal)
    before = values_of(offer) | {"confirmed_on": offer.confirmed_on}
    said = timezone.localdate(change.proposed_at) if saving.acts_for(change.proposed_by, offer) else None
    offer.confirmed_on = said
    offer.fresh_until = saving.fresh_until(said or timezone.localdate())
    offer.asked_on = None
    offer.version += 1
    put(offer, change.values)
    saving.refuse_past(offer)
    saving.record("partners.offer.change_accepted", offer, by, before, change.values | {"confirmed_on": said})


def _close(change: OfferChange, state: str, by: User, reason: str = "") -> None:
    change.state, change.reason = state, reason
    change.decided_by, change.decided_at = by, timezone.now()
    change.save()


def _locked(change: OfferChange) -> tuple[Offer, OfferChange]:
    """The offer first, as everybody locks it."""
    offer = saving.locked(change.offer)
    return offer, OfferChange.objects.select_for_update().get(pk=change.pk)
