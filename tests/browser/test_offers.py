"""Offers in Chromium: from terms entered to the artisan's phone, and a card at a partner's counter."""

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from cards.enums import CardState
from core.roles import Role
from partners.models import Offer, Partner
from tests.factories.cards import CardFactory
from tests.factories.core import UserFactory
from tests.factories.partners import PartnerAgentFactory
from tests.factories.registry import RegistrantFactory


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


def test_terms_entered_by_the_administration_reach_the_artisans_phone(page, become, offer):
    holder = RegistrantFactory(user=UserFactory(roles=[Role.ARTISAN]), with_photograph=True)
    CardFactory(registrant=holder, state=CardState.HANDED_OVER)

    become(UserFactory(roles=[Role.NATIONAL_ADMIN]))
    page.goto("/benefits/partners/")
    page.get_by_role("link", name="Avantages commerciaux").click()
    page.locator(f"a[href='/benefits/{offer.pk}/terms/']").click()
    page.locator("#id_terms_ar").fill("شروط مؤكدة")
    page.locator("main form .form-buttons button").click()
    page.locator(".error-summary a").click()
    page.locator("#id_terms_fr").fill("Conditions confirmées")
    page.locator("main form .form-buttons button").click()
    page.locator("form[action$='/confirm/'] button").click()
    # Both changes stand in the offer's history.
    page.locator(".timeline-title").nth(1).wait_for()

    become(holder.user)
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/register/me/")
    page.locator("a[href='/benefits/?domain=tools&region=11']").click()
    page.get_by_role("link", name="Avantages commerciaux").click()
    assert page.get_by_text("Conditions confirmées").is_visible()
    assert page.locator(".alert-success").is_visible()


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


def test_a_camera_that_can_read_nothing_is_not_offered(page, become, offer):
    become(PartnerAgentFactory(partner=offer.partner).user)
    page.goto("/benefits/check/")
    detector = page.evaluate("'BarcodeDetector' in window")
    assert page.locator("[data-camera]").is_visible() is detector
