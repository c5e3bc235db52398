"""An artisan sees nothing of another's: every own address, opened by somebody else."""

import pytest
from django.test import Client
from django.urls import reverse

from core.roles import Role
from partners.models import Feedback
from tests.addresses import ADDRESSES, HERE
from tests.partners import records_own
from tests.partners.own import artisan

pytestmark = pytest.mark.django_db

# Pages of records that are a person's own; the offer itself is everybody's.
PERSONAL = (
    "partners:own_voucher_state",
    "partners:own_referral",
    "partners:own_referral_withdraw",
    "partners:own_referral_document",
    "registry:own_document",
    "registry:own_letter",
    "registry:own_change_withdraw",
    "registry:own_change_letter",
    "events:own_answer",
)


@pytest.mark.parametrize("name", PERSONAL)
def test_another_artisans_record_does_not_exist(name, records, sign_in):
    address = reverse(name, kwargs=ADDRESSES[name].kwargs(records[HERE]))
    stranger = sign_in(user=artisan(card=None).user)
    assert stranger.get(address).status_code in {404, 405}
    assert stranger.post(address).status_code in {404, 405}
    assert 404 in {stranger.get(address).status_code, stranger.post(address).status_code}


def test_lists_show_the_readers_own_alone(records, sign_in):
    mine = sign_in(user=artisan().user)
    uses = mine.get("/benefits/mine/uses/").context
    assert (list(uses["referrals"]), list(uses["uses"])) == ([], [])
    assert mine.get("/benefits/mine/favourites/").context["offers"] == []
    offer = records[HERE]["own_offer"]
    shown = mine.get(reverse("partners:own_offer", args=[offer.pk])).context
    assert (list(shown["uses"]), shown["voucher"], shown["referral"]) == ([], None, None)


def test_feedback_about_anothers_use_does_not_exist(records, sign_in):
    owner = records[HERE]["registrant"]
    offer = records[HERE]["own_offer"]
    address = reverse("partners:own_feedback", args=[offer.pk])
    stranger = sign_in(user=artisan().user)
    for name, pk in (
        ("use", owner.offer_uses.get(offer=offer).pk),
        ("referral", records[HERE]["own_referral"].pk),
    ):
        assert stranger.post(f"{address}?{name}={pk}", {"experience": "served"}).status_code == 404
    assert stranger.get(f"{address}?use=x").status_code == 404
    assert not Feedback.objects.filter(offer=offer).exists()


@pytest.mark.parametrize("name", sorted(records_own.ADDRESSES))
def test_an_artisan_without_an_entry_of_the_register_finds_nothing(name, records, sign_in):
    nobody = sign_in(Role.ARTISAN)
    address = reverse(name, kwargs=ADDRESSES[name].kwargs(records[HERE]))
    assert {nobody.get(address).status_code, nobody.post(address).status_code} <= {200, 404, 405}
    assert name == "cards:own_report" or nobody.get(address).status_code != 200


def test_pages_of_benefits_are_nobodys_without_signing_in(records):
    for name, address in records_own.ADDRESSES.items():
        path = reverse(name, kwargs=address.kwargs(records[HERE]))
        assert Client().get(path).status_code == 302, name
