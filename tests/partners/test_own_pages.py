"""The artisan's pages of benefits, walked as their artisan and as another one."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from partners.enums import ReferralState, UseWay, VoucherState
from partners.models import Feedback, Referral, Voucher
from tests.factories.partners import BranchFactory, OfferFactory, PartnerAgentFactory, ReferralFactory
from tests.factories.registry import portrait_bytes
from tests.partners.own import artisan

pytestmark = pytest.mark.django_db


def picture(name="paper.jpg"):
    return SimpleUploadedFile(name, portrait_bytes(), "image/jpeg")


def test_a_double_click_on_a_voucher_shows_one_code(sign_in):
    holder = artisan()
    offer = OfferFactory(ways=[UseWay.VOUCHER])
    client = sign_in(user=holder.user)
    address = reverse("partners:own_voucher", args=[offer.pk])
    for _click in range(2):
        assert client.post(address).status_code == 302
    voucher = Voucher.objects.get()
    page = client.get(address)
    assert f"{voucher.code[:4]} {voucher.code[4:]}" in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]


def test_a_lapsed_code_is_said_to_be_so_and_asked_for_anew(sign_in):
    holder = artisan()
    offer = OfferFactory(ways=[UseWay.VOUCHER])
    client = sign_in(user=holder.user)
    address = reverse("partners:own_voucher", args=[offer.pk])
    client.post(address)
    Voucher.objects.update(
        issued_at=timezone.now() - timedelta(hours=1), expires_at=timezone.now() - timedelta(minutes=1)
    )
    old = Voucher.objects.get()
    page = client.get(address)
    assert (page.context["is_good"], page.context["code"]) == (False, "")
    assert old.code not in page.content.decode()
    client.post(address)
    assert list(Voucher.objects.order_by("pk").values_list("state", flat=True)) == [
        VoucherState.LAPSED,
        VoucherState.ISSUED,
    ]


def test_the_page_learns_that_a_till_used_the_code(sign_in):
    from partners.actions import redeem_voucher

    holder = artisan()
    agent = PartnerAgentFactory()
    offer = OfferFactory(ways=[UseWay.VOUCHER], partner=agent.partner)
    client = sign_in(user=holder.user)
    client.post(reverse("partners:own_voucher", args=[offer.pk]))
    voucher = Voucher.objects.get()
    state = reverse("partners:own_voucher_state", args=[voucher.pk])
    assert client.get(state).context["is_good"]
    redeem_voucher(code=voucher.code, partner=agent.partner, by=agent.user)
    assert client.get(state).context["is_used"]


def test_without_a_right_no_code_is_given_and_the_reason_is_told(sign_in):
    holder = artisan(card=None)
    offer = OfferFactory(ways=[UseWay.VOUCHER])
    client = sign_in(user=holder.user)
    page = client.post(reverse("partners:own_voucher", args=[offer.pk]), follow=True)
    assert page.context["right"].reason in page.content.decode()
    assert not Voucher.objects.exists()


def test_a_request_keeps_the_document_that_passed_when_another_is_wrong(sign_in):
    holder = artisan()
    offer = OfferFactory(ways=[UseWay.REFERRAL])
    first, second = (
        offer.requirements.create(name_ar=f"وثيقة {n}", name_fr=f"Document {n}", position=n) for n in (1, 2)
    )
    client = sign_in(user=holder.user)
    address = reverse("partners:own_referral_new", args=[offer.pk])
    names = [f"paper_{one.pk}" for one in (first, second)]
    wrong = SimpleUploadedFile("x.pdf", b"MZ not a document", "application/pdf")
    page = client.post(address, {names[0]: picture(), names[1]: wrong})
    form = page.context["form"]
    assert (list(form.errors), form.kept_files) == ([names[1]], {names[0]})
    key = form.data[f"{names[0]}_key"]
    sent = client.post(address, {f"{names[0]}_key": key, names[1]: picture()})
    referral = Referral.objects.get()
    assert sent.url == reverse("partners:own_referral", args=[referral.pk])
    assert {one.requirement for one in referral.documents.all()} == {first, second}
    assert {one.content_type for one in referral.documents.all()} == {"image/jpeg"}


def test_a_document_that_is_needed_and_missing_is_told_beside_its_field(sign_in):
    holder = artisan()
    offer = OfferFactory(ways=[UseWay.REFERRAL])
    needed = offer.requirements.create(name_ar="وثيقة", name_fr="Document")
    place = BranchFactory(partner=offer.partner)
    client = sign_in(user=holder.user)
    page = client.post(reverse("partners:own_referral_new", args=[offer.pk]), {"branch": place.pk})
    assert list(page.context["form"].errors) == [f"paper_{needed.pk}"]
    assert not Referral.objects.exists()


def test_what_the_partner_asks_for_is_sent_from_the_requests_page(sign_in):
    holder = artisan()
    referral = ReferralFactory(
        registrant=holder, state=ReferralState.DOCUMENTS_ASKED, answer="شهادة حديثة للإقامة"
    )
    client = sign_in(user=holder.user)
    assert "شهادة حديثة للإقامة" in client.get(f"/benefits/mine/requests/{referral.pk}/").content.decode()
    assert any("requests" in task.url for task in client.get("/register/me/").context["tasks"])
    client.post(f"/benefits/mine/requests/{referral.pk}/", {"other_1": picture()})
    referral.refresh_from_db()
    assert (referral.state, referral.documents.count()) == (ReferralState.IN_HAND, 1)
    assert not any("requests" in task.url for task in client.get("/register/me/").context["tasks"])


def test_a_refusal_is_said_of_a_card_shown_without_any_record(sign_in):
    holder = artisan()
    offer = OfferFactory()
    client = sign_in(user=holder.user)
    address = reverse("partners:own_feedback", args=[offer.pk])
    page = client.post(address, {"experience": "refused", "words": "لم يقبلوا البطاقة"})
    assert list(page.context["form"].errors) == ["ground"]
    assert "لم يقبلوا البطاقة" in page.content.decode()
    client.post(address, {"experience": "refused", "ground": "other", "words": "لم يقبلوا البطاقة"})
    said = Feedback.objects.to_follow_up().get()
    assert (said.offer, said.registrant, said.use, said.words) == (offer, holder, None, "لم يقبلوا البطاقة")


def test_an_offer_that_ended_is_found_by_those_who_keep_it_alone(sign_in):
    keeper, other = artisan(), artisan()
    offer = OfferFactory(ends_on=timezone.localdate() - timedelta(days=1))
    keeper.favourite_offers.create(offer=offer)
    address = reverse("partners:own_offer", args=[offer.pk])
    assert sign_in(user=keeper.user).get(address).context["right"].holds is False
    assert sign_in(user=other.user).get(address).status_code == 404


def test_a_heart_leads_back_within_the_portal_alone(sign_in):
    holder, offer = artisan(), OfferFactory()
    client = sign_in(user=holder.user)
    address = reverse("partners:favourite", args=[offer.pk])
    assert client.post(address, {"keep": "yes", "next": "/benefits/mine/?page=2"}).url.endswith("?page=2")
    assert client.post(address, {"keep": "no", "next": "https://example.com/"}).url == (
        f"/benefits/mine/{offer.pk}/"
    )
    assert not holder.favourite_offers.exists()
