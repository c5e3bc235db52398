"""Offers follow a person whose two entries became one, so that no limit a person counts twice."""

from django.db import transaction

from core.models import User
from partners.actions import withdraw_referral
from partners.enums import OPEN_REFERRALS, VoucherState
from partners.lifecycle import VOUCHER
from partners.models import Favourite, Feedback, OfferUse, Referral, Voucher
from registry.models import Registrant


@transaction.atomic
def follow_merged(*, kept: Registrant, merged: Registrant, by: User, **_signal) -> None:
    """Give the entry that stays what the other asked for, used, kept and said; codes of the other lapse.

    What does not fit under a limit stays where it is: the limit is reached by what was moved.
    """
    for voucher in Voucher.objects.filter(registrant=merged, state=VoucherState.ISSUED).select_for_update():
        voucher.state = VOUCHER.check("lapse", voucher.state).to
        voucher.save(update_fields=["state"])
    own = set(Referral.objects.open().of_holder(kept).values_list("offer_id", flat=True))
    for referral in Referral.objects.of_holder(merged).order_by("pk"):
        if referral.offer_id in own and referral.state in OPEN_REFERRALS:
            withdraw_referral(referral=referral, by=by)
    Referral.objects.of_holder(merged).update(registrant=kept)
    Feedback.objects.of_holder(merged).update(registrant=kept)
    held = Favourite.objects.filter(registrant=kept).values("offer")
    Favourite.objects.filter(registrant=merged).exclude(offer__in=held).update(registrant=kept)
    Favourite.objects.filter(registrant=merged).delete()
    for use in OfferUse.objects.standing().of_holder(merged).order_by("pk").select_for_update():
        _move(use, kept)


def _move(use: OfferUse, kept: Registrant) -> None:
    same = OfferUse.objects.standing().filter(registrant=kept, offer=use.offer_id, period=use.period)
    taken = set(same.values_list("number", flat=True))
    number = next(number for number in range(1, len(taken) + 2) if number not in taken)
    if use.limit is None or number <= use.limit:
        OfferUse.objects.filter(pk=use.pk).update(registrant=kept, number=number)
