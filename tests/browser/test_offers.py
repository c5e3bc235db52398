"""Offers in Chromium: from terms entered to the artisan's phone, and a card at a partner's counter."""

import gzip

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import expect

from cards.enums import CardState
from core.roles import Role
from partners.models import Offer, Partner
from tests.browser.axe import violations
from tests.factories.cards import CardFactory
from tests.factories.core import UserFactory
from tests.factories.partners import PartnerAgentFactory


@pytest.fixture
def become(context, live_server):
    """`become(user)` signs the browser in, in French."""

    def sign_in(user):
        client = Client()
        client.force_login(user)
        context.clear_cookies()
        cookies = {
            settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value,
            settings.LANGUAGE_COOKIE_NAME: "fr",
        }
        context.add_cookies(
            [{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()]
        )

    return sign_in


@pytest.fixture
def offer(transactional_db):
    call_command("load_partners", verbosity=0)
    return Offer.objects.get(code="bricoma-tools")


def test_an_offer_is_proposed_checked_by_another_and_read_by_everybody_on_a_phone(
    page, context, become, offer
):
    author, checker = UserFactory(roles=[Role.NATIONAL_ADMIN]), UserFactory(roles=[Role.PARTNERSHIP_OFFICER])
    become(author)
    page.goto("/benefits/offers/new/")
    page.locator("#id_partner").select_option("bricoma")
    page.locator("main form .form-buttons button").click()
    for name, words in (
        ("name_ar", "عرض للمتصفح"),
        ("name_fr", "Offre du navigateur"),
        ("how_ar", "قدم بطاقتك"),
    ):
        page.locator(f"#id_{name}").fill(words)
    page.locator("main form .form-buttons button").click()
    # What lacks is led to; nothing typed is lost.
    page.locator(".error-summary a").click()
    page.locator("#id_how_fr").fill("Présentez votre carte")
    page.locator("main form .form-buttons button").click()
    page.locator("form[action$='/propose/'] button").click()
    page.locator(".alert-info").wait_for()
    assert page.locator("a[href$='/check/']").count() == 0

    become(checker)
    page.goto("/benefits/partners/?queue=check")
    page.get_by_role("link", name="Offre du navigateur").click()
    page.locator("main a[href$='/check/']").click()
    expect(page.locator("input[name=outcome]").first).to_be_visible()
    for point in page.locator("input[type=checkbox]").all():
        point.check()
    page.locator("input[name=outcome][value=published]").check()
    page.locator("main form .form-buttons button").click()
    # Drafted, proposed, published.
    page.locator(".timeline-title").nth(2).wait_for()

    context.clear_cookies()
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/benefits/?q=للمتصفح")
    page.get_by_role("link", name="عرض للمتصفح").click()
    expect(page.get_by_text("قدم بطاقتك")).to_be_visible()
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    # Everything that the page brings along, packed as it goes over the line.
    sizes = []

    def keep(response):
        body = response.body()
        sizes.append(len(body if response.url.endswith(".woff2") else gzip.compress(body)))

    page.on("response", keep)
    page.goto(page.url, wait_until="networkidle")
    assert sum(sizes) < 100_000


def test_a_card_is_answered_at_a_counter_typed_or_seen_by_the_camera(page, become, offer):
    card = CardFactory(state=CardState.HANDED_OVER)
    agent = PartnerAgentFactory(partner=Partner.objects.get(code="bricoma"))
    become(agent.user)
    page.goto("/benefits/check/")
    page.keyboard.type(card.serial)
    page.keyboard.press("Enter")
    page.locator(".verdict-success").wait_for()
    assert page.locator(".verdict-text").inner_text() == card.registrant.name_latin
    assert page.locator(".rights strong").all_inner_texts() == [offer.name_fr]

    page.goto("/benefits/check/")
    scanned = {"detail": f"HTTPS://PORTAL.TEST/V/{card.token}"}
    page.locator("[data-desk]").evaluate(
        "(desk, init) => desk.dispatchEvent(new CustomEvent('desk:scan', init))", scanned
    )
    page.locator(".verdict-success").wait_for()
    assert page.locator("#id_card").input_value() == ""


def test_a_camera_is_offered_whether_or_not_the_browser_reads_codes(page, become, offer):
    become(PartnerAgentFactory(partner=offer.partner).user)
    page.goto("/benefits/check/")
    assert page.locator("[data-camera]").is_visible()
