"""The holder's card in Chromium: kept on the telephone when the holder says so, shown without a network."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from cards.enums import CardKind, CardState
from cards.models import Card
from core.roles import Role
from tests.addresses import HERE
from tests.browser.axe import violations
from tests.browser.visits import become
from tests.factories.cards import CardFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def phone(browser, live_server):
    context = browser.new_context(base_url=live_server.url, viewport={"width": 360, "height": 740})
    context.set_default_timeout(30_000)
    card = CardFactory(state=CardState.HANDED_OVER)
    become(context, Role.ARTISAN, {HERE: {"registrant": card.registrant}}, "fr", live_server.url)
    yield context.new_page(), card
    context.close()


def test_kept_shown_without_a_network_and_removed(phone):
    page, card = phone
    address = reverse("cards:own_card")
    page.goto(address)
    assert violations(page) == []
    assert page.evaluate("caches.keys()") == []
    page.locator("[data-keep]").click()
    expect(page.locator("[data-said]")).not_to_be_empty()
    expect(page.locator("[data-forget]")).to_be_visible()
    page.context.set_offline(True)
    page.goto(address)
    expect(page.locator(".serial")).to_contain_text(card.serial)
    assert page.evaluate("[...document.images].every((image) => image.naturalWidth > 0)")
    # Who signed out, or whose session ended, still has what they kept.
    page.context.set_offline(False)
    page.context.clear_cookies()
    page.goto(address)
    expect(page.locator(".serial")).to_contain_text(card.serial)
    page.locator("[data-forget]").click()
    expect(page.locator("[data-keep]")).to_be_visible()
    page.goto(address)
    assert "/accounts/" in page.url


def test_what_is_kept_follows_the_server_and_survives_signing_out(phone):
    page, card = phone
    address = reverse("cards:own_card")
    page.goto(address)
    page.locator("[data-keep]").click()
    expect(page.locator("[data-forget]")).to_be_visible()
    page.evaluate("navigator.serviceWorker.ready")
    Card.objects.filter(pk=card.pk).update(state=CardState.RENEWED, stopped_at=timezone.now())
    newer = CardFactory(
        registrant=card.registrant, state=CardState.HANDED_OVER, kind=CardKind.RENEWAL, predecessor=card
    )
    page.goto(address)
    expect(page.locator(".serial")).to_contain_text(newer.serial)
    page.wait_for_load_state("networkidle")
    page.context.clear_cookies()
    page.goto(address)
    expect(page.locator(".serial")).to_contain_text(newer.serial)
    assert page.evaluate("[...document.images].every((image) => image.naturalWidth > 0)")
    page.context.set_offline(True)
    page.goto(address)
    expect(page.locator(".serial")).to_contain_text(newer.serial)
    assert page.evaluate("[...document.images].every((image) => image.naturalWidth > 0)")


def test_what_another_holder_looks_at_is_not_kept_unasked(phone, live_server):
    page, card = phone
    address = reverse("cards:own_card")
    page.goto(address)
    page.locator("[data-keep]").click()
    expect(page.locator("[data-forget]")).to_be_visible()
    page.evaluate("navigator.serviceWorker.ready")
    other = CardFactory(state=CardState.HANDED_OVER)
    page.context.clear_cookies()
    become(page.context, Role.ARTISAN, {HERE: {"registrant": other.registrant}}, "fr", live_server.url)
    page.goto(address)
    expect(page.locator(".serial")).to_contain_text(other.serial)
    page.wait_for_load_state("networkidle")
    page.context.clear_cookies()
    page.goto(address)
    expect(page.locator(".serial")).to_contain_text(card.serial)


def test_after_the_session_ended_nothing_is_kept_for_a_card(phone):
    page, _card = phone
    page.goto(reverse("cards:own_card"))
    page.context.clear_cookies()
    page.locator("[data-keep]").click()
    expect(page.locator("[data-said]")).not_to_be_empty()
    expect(page.locator("[data-keep]")).to_be_visible()
    assert page.evaluate("caches.keys()") == []
