"""Why a holder may or may not have an offer: one sentence, which also says what would make it possible."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cards.enums import CheckOutcome
from partners.models import Offer
from registry.enums import ACTIVE_STATES
from registry.models import Registrant


@dataclass(frozen=True)
class Right:
    """Whether a holder has a right to one offer, and the sentence that says so."""

    offer: Offer
    holds: bool
    reason: str


def rights(*, offers: Iterable[Offer], holder: Registrant, outcome: CheckOutcome | None) -> list[Right]:
    """The holder's right to each offer, rights that hold first.

    Args:
        offers: with their regions fetched; see `OfferQuerySet.with_list_columns`.
        outcome: what a check of the holder's card answered; None when the holder has no card.
    """
    found = [right_to(offer, holder=holder, outcome=outcome) for offer in offers]
    return sorted(found, key=lambda right: not right.holds)


def right_to(offer: Offer, *, holder: Registrant, outcome: CheckOutcome | None) -> Right:
    """The first thing that stands in the way, or that nothing does."""
    reason = (
        _why_not_registered(holder) or _why_no_valid_card(outcome) or _why_not_running(offer)
        or _why_not_here(offer, holder)
    )  # fmt: skip
    return Right(offer, not reason, reason or _("The holder of a valid card has a right to it."))


def _why_not_registered(holder: Registrant) -> str:
    if holder.state in ACTIVE_STATES:
        return ""
    return _("The registration does not stand at present. The chamber can say why.")


def _why_no_valid_card(outcome: CheckOutcome | None) -> str:
    if outcome == CheckOutcome.VALID:
        return ""
    if outcome is None:
        return _("A professional card is needed. The chamber makes it.")
    if outcome == CheckOutcome.EXPIRED:
        return _("The card has expired. The chamber renews it.")
    if outcome == CheckOutcome.NOT_YET_VALID:
        return _("The card is not valid yet.")
    return _("The card may not be used. The chamber can say why.")


def _why_not_running(offer: Offer) -> str:
    return "" if offer.is_running else _("The offer does not run at present.")


def _why_not_here(offer: Offer, holder: Registrant) -> str:
    regions = offer.regions.all()
    if not regions or holder.region_id in {region.code for region in regions}:
        return ""
    return _("The offer is for those registered in: {regions}.").format(
        regions=_(", ").join(region.name for region in regions)
    )
