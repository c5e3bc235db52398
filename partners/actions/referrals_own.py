"""A holder's side of a request for an offer: sent, completed, taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit, bulk
from core.exceptions import ActionRefused
from core.models import User
from partners.enums import OPEN_REFERRALS, ReferralState, UseWay
from partners.holders import right_now
from partners.lifecycle import REFERRAL
from partners.models import Branch, Offer, OfferRequirement, PartnershipRules, Referral, ReferralDocument
from registry.models import Registrant

# However many papers an offer asks for, and however often they are sent anew.
MOST_DOCUMENTS = 20


@dataclass(frozen=True)
class GivenDocument:
    """A paper that was checked by its content and saved anew; see `core.images.reencode_document`."""

    content: ContentFile
    content_type: str
    title: str
    requirement: OfferRequirement | None = None


@transaction.atomic
def ask_for_offer(
    *,
    offer: Offer,
    registrant: Registrant,
    branch: Branch | None = None,
    documents: Sequence[GivenDocument] = (),
    by: User,
) -> Referral:
    """Send a holder's request to the partner; while one is open it is the one that is there.

    Raises:
        ActionRefused: the offer is not used by request, the holder has no right to it now, a paper that it
            needs is missing, or the place is another partner's or closed.
    """
    holder = Registrant.objects.select_for_update(no_key=True).get(pk=registrant.pk)
    standing = Referral.objects.open().filter(offer=offer, registrant=holder).first()
    if standing is not None:
        return standing
    if UseWay.REFERRAL not in offer.ways:
        raise ActionRefused(_("This offer is not used by request."))
    right = right_now(offer, holder)
    if not right.holds:
        raise ActionRefused(right.reason)
    if branch is not None and (branch.partner_id != offer.partner_id or not branch.is_open):
        raise ActionRefused(_("This place does not take requests for the offer."))
    given = {document.requirement.pk for document in documents if document.requirement}
    for needed in offer.requirements.filter(is_required=True):
        if needed.pk not in given:
            raise ActionRefused(_("This document is missing: %(document)s.") % {"document": needed.name})
    key = bulk.reserve_keys(Referral, 1)[0]
    today = timezone.localdate()
    referral = Referral.objects.create(
        pk=key,
        number=f"D{today:%y}-{key:06d}",
        offer=offer,
        registrant=holder,
        region_id=holder.region_id,
        branch=branch,
        sent_at=timezone.now(),
        due_on=_due_on(),
    )
    _keep(referral, documents)
    _record("partners.referral.sent", referral, by, after={"offer": offer.code, "due_on": referral.due_on})
    return referral


@transaction.atomic
def send_documents(*, referral: Referral, documents: Sequence[GivenDocument], by: User) -> Referral:
    """Add papers to an open request; where the partner asked for them it is the partner's turn again.

    Raises:
        ActionRefused: nothing was sent, the request is closed, or it has all the papers that it can hold.
    """
    locked = Referral.objects.select_for_update().get(pk=referral.pk)
    if locked.state not in OPEN_REFERRALS:
        raise ActionRefused(REFERRAL.named("withdraw").refusal)
    if not documents:
        raise ActionRefused(_("Choose at least one document."))
    if locked.documents.count() + len(documents) > MOST_DOCUMENTS:
        raise ActionRefused(
            _("This request holds %(most)s documents at the most.") % {"most": MOST_DOCUMENTS}
        )
    _keep(locked, documents)
    before = audit.snapshot(locked, ["state", "due_on"])
    if locked.state == ReferralState.DOCUMENTS_ASKED:
        locked.state = REFERRAL.check("complete", locked.state).to
        locked.due_on = _due_on()
    locked.version += 1
    locked.save(update_fields=["state", "due_on", "version"])
    after = audit.snapshot(locked, ["state", "due_on"])
    _record("partners.referral.completed", locked, by, before=before, after=after)
    return locked


@transaction.atomic
def withdraw_referral(*, referral: Referral, by: User | None) -> Referral:
    """Take a request back; twice is once.

    Raises:
        ActionRefused: the partner has decided already.
    """
    locked = Referral.objects.select_for_update().get(pk=referral.pk)
    if locked.state == ReferralState.WITHDRAWN:
        return locked
    before = {"state": locked.state}
    locked.state = REFERRAL.check("withdraw", locked.state).to
    locked.version += 1
    locked.save(update_fields=["state", "version"])
    _record("partners.referral.withdrawn", locked, by, before=before, after={"state": locked.state})
    return locked


def _due_on():
    return timezone.localdate() + timedelta(days=PartnershipRules.current().referral_days)


def _keep(referral: Referral, documents: Sequence[GivenDocument]) -> None:
    for document in documents:
        kept = ReferralDocument(
            referral=referral,
            requirement=document.requirement,
            title=document.title[:200],
            content_type=document.content_type,
        )
        kept.file.save(document.content.name, document.content, save=False)
        kept.save()


def _record(action: str, referral: Referral, by: User | None, **changes) -> None:
    audit.record(action=action, by=by, subject=referral, region_code=referral.region_id, **changes)
