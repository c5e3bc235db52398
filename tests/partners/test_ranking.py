"""The order of a holder's offers, and that the quick judgement and the readable one never disagree."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from cards.enums import CheckOutcome
from core.models import Region
from partners import catalogue
from partners.eligibility import Facts, right_to
from partners.enums import OfferState, UsePeriod
from partners.limits import current_period
from partners.models import Offer
from partners.ranking import NEARNESS, held_by, nearness_for, own_offers, ranked_for
from registry.enums import Kind, RegistrantState
from registry.models import Craft
from tests.factories.partners import AdhesionFactory, AgreementFactory, BranchFactory, OfferFactory
from tests.factories.registry import DAKHLA_COMMUNE, RegistrantFactory
from tests.partners.own import artisan

pytestmark = pytest.mark.django_db

REGIONS = ("01", "11", "12")
CRAFTS = 3


@pytest.fixture
def world():
    """Offers that differ by everything that a right depends on: region, kind, craft, limit, agreement."""
    crafts = list(Craft.objects.current()[:CRAFTS])
    joined = AgreementFactory()
    AdhesionFactory(agreement=joined, region="11")
    agreements = [
        None,
        joined,
        AgreementFactory(),
        AgreementFactory(needs_adhesion=False),
        AgreementFactory(ends_on=timezone.localdate() - timedelta(days=1), signed_on="2020-01-01"),
    ]
    offers = [
        OfferFactory(agreement=agreement, regions=regions, kinds=kinds)
        for agreement in agreements
        for regions, kinds in (([], []), (["11"], [Kind.ARTISAN]), (["01", "12"], [Kind.COOPERATIVE]))
    ]
    for place, craft in enumerate(crafts):
        offers.append(OfferFactory())
        offers[-1].crafts.set(crafts[: place + 1] if place else [craft])
    offers += [
        OfferFactory(limit_per_person=limit, limit_period=period) for limit in (1, 3) for period in UsePeriod
    ]
    offers += [
        OfferFactory(state=OfferState.WITHDRAWN),
        OfferFactory(fresh_until=timezone.localdate() - timedelta(days=1)),
        OfferFactory(ends_on=timezone.localdate() - timedelta(days=1)),
    ]
    return {"crafts": crafts, "agreements": [one.pk for one in agreements if one], "offers": offers}


def test_the_quick_judgement_and_the_sentences_give_the_same_rights(world):
    running = catalogue.offers().running
    offers = list(Offer.objects.with_list_columns())
    regions = {code: Region.objects.get(code=code) for code in REGIONS}
    periods = [current_period(kind) for kind in UsePeriod] + ["2019", "2019-03"]

    @hypothesis_settings(max_examples=60)
    @given(
        state=st.sampled_from(RegistrantState),
        kind=st.sampled_from(Kind),
        region=st.sampled_from(REGIONS),
        outcome=st.sampled_from([None, *CheckOutcome] + [CheckOutcome.VALID] * 8),
        crafts=st.sets(st.sampled_from([craft.pk for craft in world["crafts"]])),
        adhered=st.sets(st.sampled_from(world["agreements"])),
        used=st.dictionaries(
            st.tuples(st.sampled_from([offer.pk for offer in offers]), st.sampled_from(periods)),
            st.integers(1, 4),
            max_size=8,
        ),
    )
    def agree(state, kind, region, outcome, crafts, adhered, used):
        holder = RegistrantFactory.build(
            state=state, kind=kind, region=regions[region], commune_id=DAKHLA_COMMUNE
        )
        facts = Facts(holder, outcome, frozenset(adhered), frozenset(crafts), used)
        by_sentence = {offer.pk for offer in offers if right_to(offer, facts).holds}
        assert {one.offer.pk for one in running if held_by(facts)(one)} == by_sentence

    agree()


def facts(holder, **more):
    return Facts(holder, CheckOutcome.VALID, **more)


def test_rights_that_hold_come_first_then_the_nearest():
    holder = artisan()
    elsewhere, region, province, commune, refused = (OfferFactory() for _offer in range(5))
    refused.regions.set([Region.objects.get(code="01")])
    for offer, place in (
        (commune, holder.commune_id),
        (refused, holder.commune_id),
        (province, holder.commune.province.communes.exclude(pk=holder.commune_id).first().pk),
        (region, "11.121.01.01"),
        (elsewhere, DAKHLA_COMMUNE),
    ):
        BranchFactory(partner=offer.partner, commune_id=place)
    BranchFactory(partner=elsewhere.partner, is_open=False)
    near = nearness_for(holder)
    ranked = ranked_for(catalogue.offers().running, facts(holder), near)
    shown = own_offers([one.offer for one in ranked], facts(holder), near, {region.pk})
    assert [own.offer for own in shown] == [commune, province, region, elsewhere, refused]
    assert [own.right.holds for own in shown] == [True, True, True, True, False]
    assert [own.nearness for own in shown] == [NEARNESS[0], NEARNESS[1], NEARNESS[2], "", NEARNESS[0]]
    assert [own.is_favourite for own in shown] == [False, False, True, False, False]


def test_the_page_asks_the_database_as_often_for_three_offers_as_for_one(
    sign_in, django_assert_max_num_queries, django_assert_num_queries
):
    holder = artisan()
    client = sign_in(user=holder.user)
    OfferFactory(domains=["rail"], regions=["11"])
    with django_assert_max_num_queries(24) as counted:
        client.get("/benefits/mine/")
    for _more in range(2):
        BranchFactory(partner=OfferFactory(domains=["rail"], regions=["11"], limit_per_person=1).partner)
    with django_assert_num_queries(len(counted)):
        assert len(client.get("/benefits/mine/").context["offers"]) == 3
