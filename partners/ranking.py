"""A holder's offers in order, by one statement: rights that hold first, the nearest before.

`held` says in SQL what `partners.eligibility.right_to` says in sentences; a property-based test holds the two
together. So the database sorts and cuts thousands of offers, and sentences are made for one page of them.
"""

from dataclasses import dataclass

from django.db.models import (
    BooleanField,
    Case,
    Exists,
    F,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cards.enums import CheckOutcome
from partners.eligibility import Facts, Right, right_to
from partners.enums import UsePeriod
from partners.limits import current_period
from partners.models import Branch, Offer, Partner
from partners.querysets import OfferQuerySet
from registry.enums import ACTIVE_STATES
from registry.models import Registrant

IN_COMMUNE, IN_PROVINCE, IN_REGION, ELSEWHERE = range(4)
NEARNESS: dict[int, str | Promise] = {
    IN_COMMUNE: _("In my commune"),
    IN_PROVINCE: _("In my province"),
    IN_REGION: _("In my region"),
}


@dataclass(frozen=True)
class OwnOffer:
    """One offer as its holder sees it; `nearness` is empty where no place of the partner is near or known."""

    right: Right
    nearness: str | Promise
    is_favourite: bool

    @property
    def offer(self) -> Offer:
        return self.right.offer


def ranked_for(offers: OfferQuerySet, facts: Facts) -> OfferQuerySet:
    """Offers with `held` and `nearness`: rights that hold first, then by nearness, domain and partner."""
    return (
        offers.annotate(
            held=Case(When(held(facts), then=Value(True)), default=Value(False), output_field=BooleanField()),
            nearness=_nearness(facts.holder),
        )
        .with_heading()
        .order_by("-held", "nearness", F("heading").asc(nulls_last=True), "partner__name_fr", "id")
    )


def own_offers(offers, facts: Facts, favourites: set[int]) -> list[OwnOffer]:
    """The page's offers with their sentences; see `OfferQuerySet.with_list_columns`."""
    return [
        OwnOffer(right_to(offer, facts), NEARNESS.get(offer.nearness, ""), offer.pk in favourites)
        for offer in offers
    ]


def held(facts: Facts) -> Q:
    """Of offers that run: those to which the holder has a right now."""
    holder = facts.holder
    if holder.state not in ACTIVE_STATES or facts.outcome != CheckOutcome.VALID:
        return Q(pk__in=[])
    regions = Offer.regions.through.objects.filter(offer=OuterRef("pk"))
    crafts = Offer.crafts.through.objects.filter(offer=OuterRef("pk"))
    return (
        (Q(agreement=None) | Q(agreement__needs_adhesion=False) | Q(agreement__in=facts.adhered))
        & (Q(kinds=[]) | Q(kinds__contains=[holder.kind]))
        & (~Exists(regions) | Exists(regions.filter(region=holder.region_id)))
        & (~Exists(crafts) | Exists(crafts.filter(craft__in=facts.crafts)))
        & ~_used_up(facts)
    )


def _used_up(facts: Facts) -> Q:
    """Offers whose limit a person the holder has reached in the period that counts today."""
    reached = Q(pk__in=[])
    for (offer, period), times in facts.used.items():
        for kind in UsePeriod:
            if current_period(kind) == period:
                reached |= Q(pk=offer, limit_period=kind, limit_per_person__lte=times)
    return reached


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


def _nearness(holder: Registrant) -> Case:
    """How near the partner's nearest open place is; partners with no place in the region come last."""
    near = (
        Branch.objects.open()
        .in_region(holder.region_id)
        .order_by()
        .values("partner_id")
        .annotate(
            rank=Min(
                Case(
                    When(commune=holder.commune_id, then=Value(IN_COMMUNE)),
                    When(commune__province=holder.commune.province_id, then=Value(IN_PROVINCE)),
                    default=Value(IN_REGION),
                    output_field=IntegerField(),
                )
            )
        )
    )
    partners: dict[int, list[int]] = {}
    for partner, rank in near.values_list("partner_id", "rank"):
        partners.setdefault(rank, []).append(partner)
    return Case(
        *(When(partner__in=keys, then=Value(rank)) for rank, keys in sorted(partners.items())),
        default=Value(ELSEWHERE),
        output_field=IntegerField(),
    )
