"""What a holder says became of an offer. A refusal goes to whoever follows refusals up."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.arabic import clean
from core.exceptions import ActionRefused
from core.models import User
from partners.enums import Experience, FollowUpState, RefusalGround
from partners.models import Branch, Feedback, Offer, OfferUse, Referral
from registry.models import Registrant


@transaction.atomic
def give_feedback(
    *,
    offer: Offer,
    registrant: Registrant,
    experience: Experience,
    ground: str = "",
    words: str = "",
    branch: Branch | None = None,
    use: OfferUse | None = None,
    referral: Referral | None = None,
    by: User,
) -> Feedback:
    """Keep what a holder says: of one use, of one request, or of a card shown without anybody recording it.

    Raises:
        ActionRefused: a refusal without the reason that was given, another reason without words, or said
            before: of this use or request ever, of the offer alone today.
    """
    text = clean(words)
    refused = experience == Experience.REFUSED
    if refused and ground not in RefusalGround.values:
        raise ActionRefused(_("Say which reason was given."))
    if refused and ground == RefusalGround.OTHER and not text:
        raise ActionRefused(_("Say in your own words what happened."))
    holder = Registrant.objects.select_for_update(no_key=True).get(pk=registrant.pk)
    if _said_before(offer, holder, use, referral):
        raise ActionRefused(_("You have told us about this already. Thank you."))
    said = _noted(referral) or Feedback(offer=offer, use=use, referral=referral)
    said.registrant, said.region_id, said.by_partner = holder, holder.region_id, False
    said.branch = branch or (use.branch if use else None) or (referral.branch if referral else None)
    said.experience, said.words = experience, text[:1000]
    said.ground = ground if refused else ""
    # What was settled with the partner before the holder spoke is looked at once more.
    waits = said.follow_up if said.follow_up == FollowUpState.IN_HAND else FollowUpState.OPEN
    said.follow_up, said.version = waits if refused else "", said.version + bool(said.pk)
    said.save()
    audit.record(
        action="partners.feedback.given",
        by=by,
        subject=said,
        region_code=holder.region_id,
        after={"offer": offer.code, "experience": experience, "ground": said.ground},
    )
    return said


def note_refusal(*, referral: Referral) -> Feedback:
    """Have a request that its partner refused followed up, also where its holder says nothing.

    Call it inside the transaction that refuses.
    """
    return Feedback.objects.get_or_create(
        referral=referral,
        defaults={
            "offer": referral.offer,
            "registrant": referral.registrant,
            "region_id": referral.region_id,
            "branch": referral.branch,
            "experience": Experience.REFUSED,
            "ground": referral.ground,
            "by_partner": True,
            "follow_up": FollowUpState.OPEN,
        },
    )[0]


def _noted(referral: Referral | None) -> Feedback | None:
    """The refusal that the partner wrote of this request."""
    if referral is None:
        return None
    return Feedback.objects.select_for_update(of=("self",)).filter(referral=referral).first()


def _said_before(offer: Offer, holder: Registrant, use: OfferUse | None, referral: Referral | None) -> bool:
    if use is not None:
        return Feedback.objects.filter(use=use).exists()
    if referral is not None:
        return Feedback.objects.told_by_holders().filter(referral=referral).exists()
    alone = Feedback.objects.of_holder(holder).filter(offer=offer, use=None, referral=None)
    return alone.filter(said_at__date=timezone.localdate()).exists()
