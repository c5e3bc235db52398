"""What holders are told of requests, uses and favourites: each event once, in the register's messages."""

from collections.abc import Callable
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.dates import date_in_words
from partners.enums import ReferralState
from partners.models import Favourite, Offer, OfferUse, Referral
from registry.actions import notify

# Before an offer that somebody keeps ends, if its end is known.
DAYS_BEFORE_END = 14


def tell_of_referral(referral: Referral) -> None:
    """Tell the holder that the partner answered, or asks for documents. Call it inside the transaction that
    moves the request, with the version that it has afterwards."""
    words = _REFERRAL_WORDS.get(ReferralState(referral.state))
    if words is not None:
        notify(
            registrant=referral.registrant,
            key=f"referral:{referral.pk}:{referral.version}",
            words=lambda: words() % {"offer": referral.offer.name, "number": referral.number},
            path=reverse("partners:own_referral", args=[referral.pk]),
        )


def tell_of_use(use: OfferUse) -> None:
    """Tell the holder that a use was recorded: whoever did not use it learns of it."""
    notify(
        registrant=use.registrant,
        key=f"use:{use.pk}",
        words=lambda: (
            _(
                "The offer “%(offer)s” was used with your card on %(date)s. "
                "If it was not you, tell the chamber."
            )
            % {"offer": use.offer.name, "date": date_in_words(timezone.localdate(use.used_at))}
        ),
        path=reverse("partners:own_offer", args=[use.offer_id]),
    )


def tell_of_endings() -> int:
    """Tell holders of running offers that they keep and that end soon; gives how many are told of or were."""
    today = timezone.localdate()
    last_day = today + timedelta(days=DAYS_BEFORE_END)
    running = Offer.objects.running().filter(ends_on__range=(today, last_day))
    ending = Favourite.objects.filter(offer__in=running).select_related("registrant", "offer")
    count = 0
    for kept in ending.order_by("pk").iterator(chunk_size=500):
        count += 1
        notify(
            registrant=kept.registrant,
            key=f"ending:{kept.offer_id}:{kept.offer.ends_on}",
            words=_ending(kept),
            path=reverse("partners:own_offer", args=[kept.offer_id]),
        )
    return count


def _ending(kept: Favourite) -> Callable[[], str]:
    return lambda: (
        _("The offer “%(offer)s”, which you keep, ends on %(date)s.")
        % {
            "offer": kept.offer.name,
            "date": date_in_words(kept.offer.ends_on),
        }
    )


_REFERRAL_WORDS = {
    ReferralState.DOCUMENTS_ASKED: lambda: _(
        "Documents are asked for your request %(number)s: “%(offer)s”. Send them from your space."
    ),
    ReferralState.ACCEPTED: lambda: _("Your request %(number)s is accepted: “%(offer)s”."),
    ReferralState.REFUSED: lambda: _(
        "Your request %(number)s is refused: “%(offer)s”. The reason stands in your space."
    ),
}
