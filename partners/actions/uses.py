"""Uses of offers and the vouchers that lead to them. No till gives more than the offer's limit a person.

The holder's uses of one offer are counted under an advisory lock of the transaction, so that two tills wait
for each other and not for the whole offer; the constraints of `OfferUse` hold the limit whoever counts.
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.arabic import clean
from core.exceptions import ActionRefused
from core.models import User
from partners.enums import UseWay, VoucherState
from partners.holders import right_now
from partners.lifecycle import VOUCHER
from partners.limits import period_of
from partners.models import (
    ApiKey,
    Branch,
    Offer,
    OfferUse,
    Partner,
    PartnerAgent,
    PartnershipRules,
    Voucher,
)
from partners.notices import tell_of_use
from partners.voucher_codes import new_code
from registry.models import Registrant


@dataclass(frozen=True)
class Redemption:
    """A use that was recorded; `is_new` says whether this very call did it."""

    use: OfferUse
    is_new: bool


@transaction.atomic
def issue_voucher(*, offer: Offer, registrant: Registrant, by: User) -> Voucher:
    """Give the holder a code to show, the one that is still good where there is one.

    Raises:
        ActionRefused: the offer is not used by voucher, or the holder has no right to it now.
    """
    _lock(offer, registrant)
    now = timezone.now()
    standing = Voucher.objects.filter(offer=offer, registrant=registrant, state=VoucherState.ISSUED)
    held = standing.select_for_update().first()
    if held is not None and held.expires_at > now:
        return held
    if held is not None:
        held.state = VOUCHER.check("lapse", held.state).to
        held.save(update_fields=["state"])
    if UseWay.VOUCHER not in offer.ways:
        raise ActionRefused(_("This offer is not used by voucher."))
    _refuse_without_right(offer, registrant)
    minutes = PartnershipRules.current().voucher_minutes
    voucher = Voucher.objects.create(
        offer=offer,
        registrant=registrant,
        code=new_code(),
        issued_at=now,
        expires_at=now + timedelta(minutes=minutes),
    )
    audit.record(
        action="partners.voucher.issued",
        by=by,
        subject=voucher,
        region_code=registrant.region_id,
        after={"offer": offer.code},
    )
    return voucher


@transaction.atomic
def redeem_voucher(
    *,
    code: str,
    partner: Partner,
    branch: Branch | None = None,
    by: User | None = None,
    key: ApiKey | None = None,
) -> Redemption:
    """Record the use that a shown code stands for. The same code once more gives the same use, as not new.

    Args:
        partner: whose till asks; a code for another partner's offer is unknown there.
        by, key: who records it, an agent or a till's key: one of them.

    Raises:
        ActionRefused: the code is unknown or over, or the holder's right ended meanwhile.
    """
    voucher = Voucher.objects.known_to(partner, code)
    if voucher is None:
        raise ActionRefused(_("This code is unknown."))
    _lock(voucher.offer, voucher.registrant)
    standing = Voucher.objects.select_related("offer", "registrant")
    voucher = standing.select_for_update(of=("self",)).get(pk=voucher.pk)
    if voucher.state == VoucherState.REDEEMED:
        return Redemption(voucher.use, is_new=False)
    move = VOUCHER.check("redeem", voucher.state)
    if voucher.expires_at <= timezone.now():
        raise ActionRefused(_("The time of this code is over. The holder can show a new one."))
    use = _record(voucher.offer, voucher.registrant, UseWay.VOUCHER, branch, by, key, voucher)
    voucher.state = move.to
    voucher.save(update_fields=["state"])
    return Redemption(use, is_new=True)


@transaction.atomic
def record_use(
    *,
    offer: Offer,
    registrant: Registrant,
    branch: Branch | None = None,
    by: User | None = None,
    key: ApiKey | None = None,
    form_id: UUID | None = None,
) -> OfferUse:
    """Record that the holder showed the card and was served.

    Args:
        form_id: made with the form that is sent: sent twice, it gives the use that it recorded.

    Raises:
        ActionRefused: the offer is not used by showing the card, or the holder has no right to it now.
    """
    if UseWay.CARD not in offer.ways:
        raise ActionRefused(_("This offer is not used by showing the card alone."))
    _lock(offer, registrant)
    if form_id and (recorded := OfferUse.objects.filter(form_id=form_id).first()):
        return recorded
    return _record(offer, registrant, UseWay.CARD, branch, by, key, None, form_id)


@transaction.atomic
def cancel_use(*, use: OfferUse, reason: str, by: User) -> OfferUse:
    """Take back a use that was recorded by mistake; its number is free again. Twice is once.

    Raises:
        ActionRefused: no reason is given.
    """
    words = clean(reason)
    if not words:
        raise ActionRefused(_("Give a reason."))
    locked = OfferUse.objects.select_for_update(of=("self",)).select_related("registrant").get(pk=use.pk)
    if locked.cancelled_at is None:
        locked.cancelled_at, locked.cancel_reason = timezone.now(), words[:300]
        locked.save(update_fields=["cancelled_at", "cancel_reason"])
        audit.record(
            action="partners.use.cancelled",
            by=by,
            subject=locked,
            region_code=locked.region_id,
            reason=locked.cancel_reason,
        )
    return locked


@transaction.atomic
def undo_use(*, use: OfferUse, reason: str, agent: PartnerAgent) -> OfferUse:
    """Take back, at the counter and on the same day, what was recorded by mistake. Twice is once.

    Raises:
        ActionRefused: another agent's use or another day's, or no reason is given.
    """
    locked = OfferUse.objects.select_for_update(of=("self",)).get(pk=use.pk)
    if locked.cancelled_at is None and not OfferUse.objects.to_undo_by(agent).filter(pk=use.pk).exists():
        raise ActionRefused(
            _("A use is taken back on its own day, by whoever recorded it or an administrator.")
        )
    return cancel_use(use=locked, reason=reason, by=agent.user)


def _record(
    offer: Offer,
    registrant: Registrant,
    way: UseWay,
    branch: Branch | None,
    by: User | None,
    key: ApiKey | None,
    voucher: Voucher | None,
    form_id: UUID | None = None,
) -> OfferUse:
    _refuse_without_right(offer, registrant)
    period = period_of(offer)
    taken = set(
        OfferUse.objects.standing()
        .filter(offer=offer, registrant=registrant, period=period)
        .values_list("number", flat=True)
    )
    # A use that was taken back leaves its number to the next one.
    number = next(number for number in range(1, len(taken) + 2) if number not in taken)
    use = OfferUse.objects.create(
        offer=offer,
        registrant=registrant,
        region_id=registrant.region_id,
        way=way,
        voucher=voucher,
        branch=branch,
        period=period,
        number=number,
        limit=offer.limit_per_person,
        used_at=timezone.now(),
        recorded_by=by,
        recorded_key=key,
        form_id=form_id,
    )
    audit.record(
        action="partners.use.recorded",
        by=by,
        subject=use,
        label=offer.code,
        region_code=registrant.region_id,
        after={"way": way.value, "number": number, "key": key.prefix if key else ""},
    )
    tell_of_use(use)
    return use


def _refuse_without_right(offer: Offer, registrant: Registrant) -> None:
    right = right_now(offer, registrant)
    if not right.holds:
        raise ActionRefused(right.reason)


def _lock(offer: Offer, registrant: Registrant) -> None:
    """Until the transaction ends nobody else counts this holder's uses of this offer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [offer.pk % 2**31, registrant.pk % 2**31])
