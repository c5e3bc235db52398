"""A holder's offers in order: rights that hold first, the nearest before.

`held_by` says in one go what `partners.eligibility.right_to` says in sentences; a property-based test holds
the two together. So thousands of offers are judged and ordered, and sentences are made for one page of them.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cards.enums import CheckOutcome
from partners import catalogue
from partners.catalogue import RunningOffer
from partners.eligibility import Facts, Right, right_to
from partners.enums import UsePeriod
from partners.limits import current_period
from partners.models import Branch, Offer, Partner
from registry.enums import ACTIVE_STATES
from registry.models import Registrant

IN_COMMUNE, IN_PROVINCE, IN_REGION, ELSEWHERE = range(4)
NEARNESS: dict[int, str | Promise] = {
    IN_COMMUNE: _("In my commune"),
    IN_PROVINCE: _("In my province"),
    IN_REGION: _("In my region"),
}


# By the partner's key.
Nearness = Mapping[int, int]


@dataclass(frozen=True)
class OwnOffer:
    """One offer as its holder sees it; `distance` is one of the four above."""

    right: Right
    distance: int
    is_favourite: bool

    @property
    def nearness(self) -> str | Promise:
        """In words; empty where no place of the partner is near or known."""
        return NEARNESS.get(self.distance, "")

    @property
    def offer(self) -> Offer:
        return self.right.offer

    @property
    def domains(self) -> str:
        """Their names, or that it belongs to none."""
        return gettext(", ").join(domain.name for domain in self.offer.domains.all()) or gettext("General")


def ranked_for(offers: Iterable[RunningOffer], facts: Facts, near: Nearness) -> list[RunningOffer]:
    """Rights that hold first, then by nearness; what is alike stays in the order of the catalogue."""
    held = held_by(facts)
    # One drawer for each place in the order: quicker than to sort thousands.
    drawers: list[list[RunningOffer]] = [[] for _drawer in range(2 * (ELSEWHERE + 1))]
    for one in offers:
        drawers[near[one.offer.partner_id] + (0 if held(one) else ELSEWHERE + 1)].append(one)
    return list(chain.from_iterable(drawers))


def own_offers(offers: Iterable[Offer], facts: Facts, near: Nearness, favourites: set[int]) -> list[OwnOffer]:
    """The page's offers with their sentences; see `OfferQuerySet.with_list_columns`."""
    return [
        OwnOffer(right_to(offer, facts), near[offer.partner_id], offer.pk in favourites) for offer in offers
    ]


def held_by(facts: Facts) -> Callable[[RunningOffer], bool]:
    """Whether the holder has a right to an offer that runs, now."""
    holder, today = facts.holder, timezone.localdate()
    if holder.state not in ACTIVE_STATES or facts.outcome != CheckOutcome.VALID:
        return lambda one: False
    periods = {kind: current_period(kind, today) for kind in UsePeriod}

    def held(one: RunningOffer) -> bool:
        offer = one.offer
        return (
            (one.agreement_to_join is None or one.agreement_to_join in facts.adhered)
            and one.is_in_region(holder.region_id)
            and (not one.kinds or holder.kind in one.kinds)
            and (not one.crafts or not facts.crafts.isdisjoint(one.crafts))
            and (
                offer.limit_per_person is None
                or facts.used.get((offer.pk, periods[offer.limit_period]), 0) < offer.limit_per_person
            )
        )

    return held


def nearest_places(partner: Partner, holder: Registrant) -> QuerySet[Branch]:
    """The partner's open places, those of the holder's commune first, then of the province and the region."""
    rank = Case(
        When(commune=holder.commune_id, then=Value(IN_COMMUNE)),
        When(commune__province=holder.commune.province_id, then=Value(IN_PROVINCE)),
        When(commune__province__region=holder.region_id, then=Value(IN_REGION)),
        default=Value(ELSEWHERE),
        output_field=IntegerField(),
    )
    return Branch.objects.open().of_partner(partner).with_places().order_by(rank, "commune_id", "id")


def nearness_for(holder: Registrant) -> Nearness:
    """How near the nearest open place of each partner is; those with none in the region come last."""
    places = catalogue.places()
    near = defaultdict(lambda: ELSEWHERE)
    for known, code, rank in (
        (places.in_region, holder.region_id, IN_REGION),
        (places.in_province, holder.commune.province_id, IN_PROVINCE),
        (places.in_commune, holder.commune_id, IN_COMMUNE),
    ):
        near.update(dict.fromkeys(known.get(code, ()), rank))
    return near
