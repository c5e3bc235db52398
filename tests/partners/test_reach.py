"""Where offers reach: area, adhesion, crafts and branches."""

import pytest

from partners.enums import AdhesionState, OfferState
from partners.figures.reach import communes_left_out, crafts_left_out, domains_by_region
from partners.reach import Reach
from registry.models import Craft
from tests.factories.partners import AdhesionFactory, AgreementFactory, BranchFactory, OfferFactory

pytestmark = pytest.mark.django_db


def reached(offer) -> set[str]:
    reach = Reach.now()
    return {code for code, offers in reach.by_region.items() if offer in offers}


def test_an_offer_without_area_and_agreement_reaches_every_region():
    assert len(reached(OfferFactory())) == 12


def test_an_offer_reaches_the_regions_of_its_area():
    assert reached(OfferFactory(regions=["11", "12"])) == {"11", "12"}


def test_an_offer_that_does_not_run_reaches_nobody():
    assert reached(OfferFactory(state=OfferState.WITHDRAWN)) == set()


def test_under_an_agreement_an_offer_reaches_chambers_that_voted_for_it():
    agreement = AgreementFactory()
    offer = OfferFactory(agreement=agreement, partner=agreement.partner, regions=["11", "12"])
    assert reached(offer) == set()
    AdhesionFactory(agreement=agreement, region="11")
    AdhesionFactory(agreement=agreement, region="12", state=AdhesionState.PROPOSED, voted_on=None)
    # Joined, and outside the offer's area.
    AdhesionFactory(agreement=agreement, region="01")
    assert reached(offer) == {"11"}


def test_an_agreement_without_votes_holds_for_every_chamber():
    agreement = AgreementFactory(needs_adhesion=False)
    assert len(reached(OfferFactory(agreement=agreement, partner=agreement.partner))) == 12


def test_the_matrix_counts_an_offer_in_each_of_its_domains_and_once_in_all(in_english):
    OfferFactory(domains=["rail", "tools"], regions=["11"])
    OfferFactory()
    reach = Reach.now()
    columns = [region for region in reach.regions if region.pk in {"11", "12"}]
    section = domains_by_region(reach, columns)
    rows = {row[0]: row[1:] for row in section.table.rows}
    assert [numbers for numbers in rows.values() if numbers == [1, 0]] == [[1, 0], [1, 0]]
    assert (rows["General"], rows["Offers in all"]) == ([1, 1], [2, 1])


def test_a_craft_is_left_out_where_every_offer_is_for_others():
    named, other = Craft.objects.current()[:2]
    OfferFactory(regions=["11"]).crafts.add(named)
    left = dict(Reach.now().crafts_left_out(["11", "12"]))
    assert (left[named], left[other]) == (["12"], ["11", "12"])
    OfferFactory(regions=["11", "12"])
    assert Reach.now().crafts_left_out(["11", "12"]) == []
    assert crafts_left_out(Reach.now(), Reach.now().regions[10:]).table.rows == []


def test_a_province_is_served_by_an_open_branch_of_a_partner_with_an_offer_there():
    def left() -> set[str]:
        return {province.pk for province in Reach.now().provinces_left_out(["11"])}

    everything = left()
    branch = BranchFactory()
    assert left() == everything
    offer = OfferFactory(partner=branch.partner, regions=["12"])
    assert left() == everything
    offer.regions.add("11")
    assert everything - left() == {"11.321"}
    branch.is_open = False
    branch.save()
    assert left() == everything


def test_communes_are_counted_by_province_and_named_one_by_one():
    reach = Reach.now()
    here = [region for region in reach.regions if region.pk == "11"]
    by_province, by_commune = communes_left_out(reach, here)
    assert sum(row[2] for row in by_province.table.rows) == len(by_commune.table.rows) > 0
    # Nobody counted the register yet.
    assert {row[3] for row in by_province.table.rows} == {None}
