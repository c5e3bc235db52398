"""An artisan on a phone of 360 px: signs in, shows a code, sends a request, says how it went."""

import re

import pytest
from playwright.sync_api import expect

from core.sign_in import delivery
from core.sms import MemorySms
from partners.actions import redeem_voucher
from partners.enums import UseWay
from partners.models import Feedback, Referral, Voucher
from tests.browser.axe import violations
from tests.factories.partners import BranchFactory, OfferFactory, PartnerAgentFactory
from tests.factories.registry import portrait_bytes
from tests.partners.own import artisan

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def phone(browser, live_server):
    context = browser.new_context(
        base_url=live_server.url, viewport={"width": 360, "height": 740}, locale="fr-FR"
    )
    context.set_default_timeout(30_000)
    context.add_cookies([{"name": "django_language", "value": "fr", "url": live_server.url}])
    yield context.new_page()
    context.close()


def sound(page):
    """Nothing for axe, and nothing wider than the phone."""
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_from_the_code_in_a_message_to_a_word_about_the_offer(phone):
    holder = artisan()
    offer = OfferFactory(ways=[UseWay.VOUCHER, UseWay.REFERRAL], domains=["rail"])
    needed = offer.requirements.create(name_ar="شهادة", name_fr="Attestation")
    BranchFactory(partner=offer.partner)
    phone.goto("/accounts/login/")
    form = phone.locator('form[action="/accounts/login/code/"]')
    form.get_by_role("textbox").fill(holder.nia)
    form.get_by_role("button").click()
    expect(phone.locator("[name=code]")).to_be_visible()
    delivery.finish()
    phone.locator("[name=code]").fill(re.search(r"\d{6}", MemorySms.outbox[-1].text)[0])
    phone.locator("main form").first.get_by_role("button").click()
    phone.wait_for_url("**/register/me/")
    sound(phone)
    phone.locator(".tab-bar").get_by_text("Mes avantages").click()
    sound(phone)
    phone.get_by_role("link", name=offer.name_fr).click()
    sound(phone)

    phone.get_by_role("button", name="Obtenir un code").click()
    expect(phone.locator(".voucher-code")).to_be_visible()
    voucher = Voucher.objects.get()
    expect(phone.locator(".voucher-code")).to_have_text(f"{voucher.code[:4]} {voucher.code[4:]}")
    expect(phone.locator("[data-clock]")).to_have_text(re.compile(r"1[45]:\d\d"))
    sound(phone)
    # A till takes the code, and the page says so by itself.
    redeem_voucher(
        code=voucher.code, partner=offer.partner, by=PartnerAgentFactory(partner=offer.partner).user
    )
    expect(phone.locator(".verdict-success")).to_be_visible()
    sound(phone)
    phone.go_back()

    phone.get_by_role("link", name="Envoyer une demande").click()
    picture = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": portrait_bytes()}
    phone.locator(f"input[name=paper_{needed.pk}]").set_input_files(picture)
    sound(phone)
    phone.get_by_role("button", name="Envoyer ma demande").click()
    expect(phone.locator(".timeline")).to_contain_text("Demande pour une offre envoyée")
    assert Referral.objects.get().documents.get().content_type == "image/jpeg"
    sound(phone)

    phone.goto(f"/benefits/mine/{offer.pk}/feedback/")
    phone.get_by_label("On m'a refusé").check()
    phone.locator("select[name=ground]").select_option("unknown_offer")
    phone.get_by_label("Avec vos propres mots").fill("Personne ne connaissait l'offre.")
    sound(phone)
    phone.get_by_role("button", name="Envoyer").click()
    phone.wait_for_url(f"**/benefits/mine/{offer.pk}/")
    assert Feedback.objects.to_follow_up().get().ground == "unknown_offer"
    for address in (
        "/register/me/file/",
        "/register/me/messages/",
        "/meetings/mine/",
        "/benefits/mine/uses/",
    ):
        phone.goto(address)
        sound(phone)
