"""What a process keeps of the offers is never older than the page that shows it."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from core.models import Region, ServiceDomain
from partners import catalogue
from partners.enums import OfferState, Topic
from partners.models import Branch, CatalogueChange, Offer, Partner
from registry.models import Craft
from tests.factories.partners import AgreementFactory, BranchFactory, OfferFactory
from tests.factories.registry import DAKHLA_COMMUNE

pytestmark = pytest.mark.django_db


def running() -> set[Offer]:
    return {one.offer for one in catalogue.offers().running}


def test_nothing_is_read_again_while_nothing_changes(django_assert_num_queries):
    OfferFactory()
    first = catalogue.offers()
    with django_assert_num_queries(1):
        assert catalogue.offers() is first
    catalogue.places()
    with django_assert_num_queries(1):
        catalogue.places()


CHANGES = {
    "withdrawn": lambda offer: Offer.objects.filter(pk=offer.pk).update(state=OfferState.WITHDRAWN),
    "old": lambda offer: Offer.objects.filter(pk=offer.pk).update(
        fresh_until=timezone.localdate() - timedelta(days=1)
    ),
    "deleted": lambda offer: Offer.objects.filter(pk=offer.pk).delete(),
    "another": lambda offer: OfferFactory(),
    "region": lambda offer: offer.regions.add(Region.objects.get(code="11")),
    "domain": lambda offer: offer.domains.clear(),
    "craft": lambda offer: offer.crafts.add(Craft.objects.current().first()),
    "partner": lambda offer: Partner.objects.filter(pk=offer.partner_id).update(name_fr="Autre"),
    "agreement": lambda offer: Offer.objects.filter(pk=offer.pk).update(agreement=AgreementFactory()),
    "name of a domain": lambda offer: ServiceDomain.objects.update(name_fr="Autre"),
    "name of a region": lambda offer: Region.objects.update(name_fr="Autre"),
    "name of a craft": lambda offer: Craft.objects.update(name_fr="Autre"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_each_change_is_seen_at_once(change):
    offer = OfferFactory(domains=["rail"])
    before = catalogue.offers()
    CHANGES[change](offer)
    assert catalogue.offers() is not before
    assert running() == set(Offer.objects.running())
    shown = {one.offer.pk: one for one in catalogue.offers().running}
    for found in Offer.objects.running():
        kept = shown[found.pk]
        assert kept.regions == {region.pk for region in found.regions.all()}
        assert kept.domains == {domain.pk for domain in found.domains.all()}
        assert kept.crafts == {craft.pk for craft in found.crafts.all()}
        assert (kept.offer.partner.name_fr, kept.offer.agreement) == (found.partner.name_fr, found.agreement)


@pytest.mark.django_db(transaction=True)
def test_what_was_rolled_back_is_not_shown():
    from django.db import transaction

    offer = OfferFactory()
    assert running() == {offer}
    with transaction.atomic():
        OfferFactory()
        assert len(running()) == 2
        transaction.set_rollback(True)
    assert running() == {offer}


def test_an_offer_ends_at_midnight(monkeypatch):
    today = timezone.localdate()
    offer = OfferFactory(ends_on=today)
    assert running() == {offer}
    monkeypatch.setattr(timezone, "localdate", lambda *_: today + timedelta(days=1))
    assert running() == set()


def test_places_open_close_and_move():
    branch = BranchFactory(commune_id=DAKHLA_COMMUNE)
    partner, region = branch.partner_id, DAKHLA_COMMUNE[:2]
    kept = catalogue.places()
    assert partner in kept.in_commune[DAKHLA_COMMUNE]
    assert partner in kept.in_province[branch.commune.province_id]
    assert partner in kept.in_region[region]
    Branch.objects.update(commune="11.321.01.03")
    assert DAKHLA_COMMUNE not in catalogue.places().in_commune
    Branch.objects.update(is_open=False)
    assert catalogue.places().in_region == {}


@pytest.mark.parametrize(
    "text",
    [
        "بركوما",
        "BRICOMA",
        "سكك الحديديه",
        "crédits Barid",
        "بنك قروض",
        "groupe barid fabrication",
        "insurance",
        "transport ferroviaire",
        "لا شيء كهذا",
        "؟!",
        "",
        "  ",
    ],
)
def test_words_find_what_the_database_finds(text):
    call_command("load_partners", verbosity=0)
    found = {one.offer for one in catalogue.offers().search(text)}
    assert found == set(Offer.objects.running().search(text))


def test_the_order_is_that_of_the_catalogue_and_domains_are_counted_once_an_offer():
    call_command("load_partners", verbosity=0)
    OfferFactory(domains=["banking", "finance"])
    OfferFactory()
    kept = catalogue.offers().running
    assert [one.offer for one in kept] == list(Offer.objects.running().in_catalogue_order())
    two, none = (one for one in kept if len(one.domains) == 2), [one for one in kept if not one.domains]
    assert catalogue.count_by_domain(two) == {"banking": 1, "finance": 1}
    assert catalogue.count_by_domain(none) == {None: len(none)}


def test_an_offer_holds_in_the_regions_and_for_the_crafts_it_names_or_for_all():
    craft, other = Craft.objects.current()[:2]
    everywhere, south = OfferFactory(), OfferFactory(regions=["11", "12"])
    south.crafts.set([craft])
    kept = {one.offer: one for one in catalogue.offers().running}
    assert [kept[everywhere].is_in_region(code) for code in ("11", "01")] == [True, True]
    assert [kept[south].is_in_region(code) for code in ("11", "01")] == [True, False]
    assert [kept[south].is_for_craft(one.pk) for one in (craft, other)] == [True, False]
    assert kept[everywhere].is_for_craft(other.pk)


def test_old_marks_of_changes_go_and_what_is_kept_stays_true():
    offer = OfferFactory()
    for number in range(4):
        Offer.objects.filter(pk=offer.pk).update(version=number)
    catalogue.offers()
    assert catalogue.forget_changes(newest=2) > 0
    marks = CatalogueChange.objects.filter(topic=Topic.OFFERS)
    assert marks.count() == 2
    assert running() == {offer}
    Offer.objects.update(state=OfferState.WITHDRAWN)
    assert catalogue.forget_changes(newest=2) == 1
    assert running() == set()
