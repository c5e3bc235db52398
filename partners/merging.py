"""Offers follow a person whose two entries became one, so that no limit a person counts twice, and two again.

What changed hands is written down, so that an undone merge gives each what was theirs.
"""

from django.db import transaction
from django.db.models import QuerySet

from core.models import User
from partners.actions import withdraw_referral
from partners.enums import OPEN_REFERRALS, VoucherState
from partners.lifecycle import VOUCHER
from partners.models import Favourite, Feedback, FollowedMerge, OfferUse, Referral, Voucher
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
    held = Favourite.objects.filter(registrant=kept).values("offer")
    kept_by_both = Favourite.objects.filter(registrant=merged, offer__in=held)
    moved = {
        "referrals": _hand_over(Referral.objects.of_holder(merged), kept),
        "feedback": _hand_over(Feedback.objects.of_holder(merged), kept),
        "doubled": list(kept_by_both.values_list("offer_id", flat=True)),
    }
    kept_by_both.delete()
    moved["favourites"] = _hand_over(Favourite.objects.filter(registrant=merged), kept)
    uses = OfferUse.objects.standing().of_holder(merged).order_by("pk").select_for_update()
    moved["uses"] = [use.pk for use in uses if _move(use, kept)]
    if any(moved.values()):
        FollowedMerge.objects.create(kept=kept, merged=merged, moved=moved)


@transaction.atomic
def undo_follow_merged(*, kept: Registrant, merged: Registrant, by: User, **_signal) -> None:
    """Give the restored entry back what the merge took to the other, as far as it is still there.

    Requests that were withdrawn as doubled and codes that lapsed stay so: they can be asked for again.
    """
    followed = FollowedMerge.objects.select_for_update(of=("self",)).filter(kept=kept, merged=merged)
    for one in followed:
        for name, model in (("referrals", Referral), ("feedback", Feedback), ("favourites", Favourite)):
            model.objects.filter(pk__in=one.moved[name], registrant=kept).update(registrant=merged)
        doubled = [Favourite(registrant=merged, offer_id=key) for key in one.moved["doubled"]]
        Favourite.objects.bulk_create(doubled, ignore_conflicts=True)
        uses = OfferUse.objects.filter(pk__in=one.moved["uses"], registrant=kept).order_by("pk")
        for use in uses.select_for_update():
            _move(use, merged)
        one.delete()


def _hand_over(records: QuerySet, to: Registrant) -> list[int]:
    keys = list(records.values_list("pk", flat=True))
    records.model.objects.filter(pk__in=keys).update(registrant=to)
    return keys


def _move(use: OfferUse, to: Registrant) -> bool:
    """Count a use for somebody else; whether their limit had room for it."""
    same = OfferUse.objects.standing().filter(registrant=to, offer=use.offer_id, period=use.period)
    taken = set(same.values_list("number", flat=True))
    number = next(number for number in range(1, len(taken) + 2) if number not in taken)
    if use.limit is not None and number > use.limit:
        return False
    OfferUse.objects.filter(pk=use.pk).update(registrant=to, number=number)
    return True
