"""Why a holder may or may not have an offer: one sentence, which also says what would make it possible.

Reads top to bottom: the first thing that stands in the way is what the holder is told.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cards.enums import CheckOutcome
from partners.limits import period_of
from partners.models import Adhesion, Offer, OfferUse
from registry.enums import ACTIVE_STATES, Kind
from registry.models import Registrant


@dataclass(frozen=True)
class Facts:
    """What the answer depends on beside the offer.

    Attributes:
        outcome: what a check of the holder's card answers; None when the holder has no card.
        adhered: keys of the agreements that the holder's chamber takes part in.
        crafts: keys of the holder's crafts.
        used: how often the holder used an offer, by offer's key and period.
    """

    holder: Registrant
    outcome: CheckOutcome | None
    adhered: frozenset[int] = frozenset()
    crafts: frozenset[int] = frozenset()
    used: Mapping[tuple[int, str], int] = field(default_factory=dict)


@dataclass(frozen=True)
class Right:
    """Whether a holder has a right to one offer, and the sentence that says so."""

    offer: Offer
    holds: bool
    reason: str


def facts_of(holder: Registrant, outcome: CheckOutcome | None) -> Facts:
    """Everything that is asked of the database about a holder, in three queries."""
    adhered = Adhesion.objects.in_force().filter(chamber__region_id=holder.region_id)
    used = (
        OfferUse.objects.standing()
        .of_holder(holder)
        .order_by()
        .values_list("offer_id", "period")
        .annotate(times=Count("pk"))
    )
    return Facts(
        holder=holder,
        outcome=outcome,
        adhered=frozenset(adhered.values_list("agreement_id", flat=True)),
        crafts=frozenset(holder.craft_links.order_by().values_list("craft_id", flat=True)),
        used={(offer, period): times for offer, period, times in used},
    )


def rights(*, offers: Iterable[Offer], holder: Registrant, outcome: CheckOutcome | None) -> list[Right]:
    """The holder's right to each offer, rights that hold first.

    Args:
        offers: with all that they are judged by; see `OfferQuerySet.with_list_columns`.
        outcome: what a check of the holder's card answered; None when the holder has no card.
    """
    facts = facts_of(holder, outcome)
    found = [right_to(offer, facts) for offer in offers]
    return sorted(found, key=lambda right: not right.holds)


def right_to(offer: Offer, facts: Facts) -> Right:
    """The first thing that stands in the way, or that nothing does."""
    reason = (
        _why_not_registered(facts.holder) or _why_no_valid_card(facts.outcome) or _why_not_running(offer)
        or _why_not_adhered(offer, facts) or _why_not_here(offer, facts.holder)
        or _why_not_this_kind(offer, facts.holder) or _why_not_this_craft(offer, facts)
        or _why_not_again(offer, facts)
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


def _why_not_adhered(offer: Offer, facts: Facts) -> str:
    agreement = offer.agreement
    if agreement is None or not agreement.needs_adhesion or agreement.pk in facts.adhered:
        return ""
    return _("The holder's chamber has not joined the agreement yet: its assembly votes on it.")


def _why_not_here(offer: Offer, holder: Registrant) -> str:
    regions = offer.regions.all()
    if not regions or holder.region_id in {region.code for region in regions}:
        return ""
    return _("The offer is for those registered in: {regions}.").format(
        regions=_(", ").join(region.name for region in regions)
    )


def _why_not_this_kind(offer: Offer, holder: Registrant) -> str:
    if not offer.kinds or holder.kind in offer.kinds:
        return ""
    return _("The offer is for: {kinds}.").format(
        kinds=_(", ").join(str(Kind(kind).label) for kind in offer.kinds)
    )


def _why_not_this_craft(offer: Offer, facts: Facts) -> str:
    crafts = offer.crafts.all()
    if not crafts or not facts.crafts.isdisjoint(craft.pk for craft in crafts):
        return ""
    return _("The offer is for these crafts: {crafts}.").format(
        crafts=_(", ").join(craft.name for craft in crafts)
    )


def _why_not_again(offer: Offer, facts: Facts) -> str:
    limit = offer.limit_per_person
    if limit is None or facts.used.get((offer.pk, period_of(offer)), 0) < limit:
        return ""
    return ngettext(
        "The offer was used already: %(limit)s time a person.",
        "The offer was used already: %(limit)s times a person.",
        limit,
    ) % {"limit": limit} + (f" {after}" if (after := _when_again(offer)) else "")


def _when_again(offer: Offer) -> str:
    return {
        "month": _("It can be used again next month."),
        "year": _("It can be used again next year."),
    }.get(offer.limit_period, "")
