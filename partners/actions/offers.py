"""The life of an offer, each step locked and audited. `partners.lifecycle.OFFER` says what may follow what.

Staff and the partner's administrator take the same steps; `partners.actions.changes` is for what a published
offer says.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from core.exceptions import ActionRefused
from core.models import User
from partners.actions import saving
from partners.enums import ChangeState, OfferState, PartnerState, ReviewOutcome
from partners.lifecycle import CHANGE, OFFER
from partners.models import Offer, OfferReview, Partner
from partners.offer_values import Values, changed, put, values_of

_CODE_LENGTH = 70


@transaction.atomic
def create_offer(*, partner: Partner, values: Values, by: User) -> Offer:
    """A draft of this partner's, whoever writes it.

    Args:
        values: all of `partners.offer_values.NAMES`.

    Raises:
        ActionRefused: the partnership has ended.
    """
    locked = Partner.objects.select_for_update().get(pk=partner.pk)
    if locked.state != PartnerState.ACTIVE:
        raise ActionRefused(_("This partnership has ended: resume it before you enter an offer."))
    offer = Offer(partner=partner, code=_free_code(partner, values["name_fr"]))
    put(offer, values)
    said = {name: value for name, value in values.items() if value}
    saving.record("partners.offer.created", offer, by, {}, said)
    return offer


@transaction.atomic
def save_draft(*, offer: Offer, values: Values, version: int, by: User) -> Offer:
    """Put what a draft says. What was confirmed before is no longer what stands.

    Args:
        version: of the offer as it was when the form was opened.

    Raises:
        ActionRefused: it is no draft, or somebody else changed it meanwhile.
    """
    locked = saving.locked(offer)
    if locked.state != OfferState.DRAFT:
        raise ActionRefused(OFFER.named("propose").refusal)
    saving.refuse_other_version(locked, version)
    before = values_of(locked)
    names = changed(before, values)
    if not names:
        return locked
    before |= {"confirmed_on": locked.confirmed_on}
    wanted = {name: values[name] for name in names}
    locked.confirmed_on = None
    locked.version += 1
    put(locked, wanted)
    saving.record("partners.offer.changed", locked, by, before, wanted | {"confirmed_on": None})
    return locked


@transaction.atomic
def confirm_offer(*, offer: Offer, by: User) -> Offer:
    """Say that the partner confirmed today what the portal shows.

    Raises:
        ActionRefused: the offer is withdrawn, or its time is over.
    """
    locked = saving.locked(offer)
    if locked.state == OfferState.WITHDRAWN:
        raise ActionRefused(_("A withdrawn offer is not confirmed: publish it again first."))
    saving.refuse_past(locked)
    today = timezone.localdate()
    fresh = {"confirmed_on": today, "fresh_until": saving.fresh_until(today), "asked_on": None}
    return saving.save(locked, "partners.offer.confirmed", by, **fresh)


@transaction.atomic
def propose_offer(*, offer: Offer, by: User) -> Offer:
    """Hand a draft to whoever checks it; asked twice is asked once. The partner's own word confirms it.

    Raises:
        ActionRefused: it is no draft, or its time is over.
    """
    locked = saving.locked(offer)
    if locked.state == OfferState.PROPOSED:
        return locked
    move = OFFER.check("propose", locked.state)
    saving.refuse_past(locked)
    said = {"confirmed_on": timezone.localdate()} if saving.acts_for(by, locked) else {}
    proposal = {"state": move.to, "proposed_by_id": by.pk, "published_by_id": None}
    return saving.save(locked, "partners.offer.proposed", by, **proposal, **said)


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
    locked = saving.locked(offer)
    reason = reason.strip()
    if outcome == ReviewOutcome.RETURNED:
        move, action, changes = OFFER.check("return", locked.state), "partners.offer.returned", {}
        if not reason:
            raise ActionRefused(_("Say what has to be changed."))
    else:
        move, action = OFFER.check("publish", locked.state), "partners.offer.published"
        saving.refuse_unchecked(answers)
        saving.refuse_past(locked)
        today = timezone.localdate()
        changes = {
            "published_by_id": by.pk,
            "published_on": today,
            "fresh_until": saving.fresh_until(locked.confirmed_on or today),
            "asked_on": None,
        }
    saving.refuse_own(by, locked.proposed_by_id)
    OfferReview.objects.create(offer=locked, outcome=outcome, answers=answers, reason=reason, checked_by=by)
    return saving.save(locked, action, by, reason, state=move.to, **changes)


@transaction.atomic
def withdraw_offer(*, offer: Offer, reason: str, by: User) -> Offer:
    """Take an offer away from its readers; a new publication needs a new check and a new confirmation.

    A change that waits to be checked goes with it.

    Raises:
        ActionRefused: it is not published, or no reason is given.
    """
    locked = saving.locked(offer)
    if not reason.strip():
        raise ActionRefused(_("Say why the offer is withdrawn."))
    move = OFFER.check("withdraw", locked.state)
    for change in locked.changes.select_for_update().filter(state=ChangeState.PROPOSED):
        change.state = CHANGE.check("withdraw", change.state).to
        change.decided_by, change.decided_at = by, timezone.now()
        change.save()
    return saving.save(
        locked, "partners.offer.withdrawn", by, reason.strip(), state=move.to, confirmed_on=None
    )


@transaction.atomic
def reopen_offer(*, offer: Offer, by: User) -> Offer:
    """Make a draft of a withdrawn offer.

    Raises:
        ActionRefused: it is not withdrawn.
    """
    locked = saving.locked(offer)
    move = OFFER.check("reopen", locked.state)
    return saving.save(locked, "partners.offer.reopened", by, state=move.to)


def _free_code(partner: Partner, name: str) -> str:
    """The partner's code and the name in small letters; a number behind where that is taken."""
    first = f"{partner.code}-{slugify(name)}".strip("-")[:_CODE_LENGTH]
    taken = set(Offer.objects.filter(code__startswith=first).values_list("code", flat=True))
    number, code = 1, first
    while code in taken:
        number += 1
        code = f"{first}-{number}"
    return code
