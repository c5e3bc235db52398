"""Checking cards in Chromium with the network cut: signature, expiry, the signed list, and how old it is."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import expect

from cards import revocation
from cards.enums import CardState
from cards.views import verify_offline
from tests.browser.axe import violations
from tests.browser.test_verdicts import forged_from
from tests.factories.cards import CardFactory, expired_card

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def phone(browser, live_server, settings):
    settings.CARD_VERIFY_BASE_URL = f"{live_server.url}/V/".upper()
    context = browser.new_context(
        base_url=live_server.url, locale="fr-MA", viewport={"width": 360, "height": 740}
    )
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def served(monkeypatch) -> dict[str, bytes]:
    """The list that the server gives, to the page and to its worker; never kept by a cache on the way."""
    found: dict[str, bytes] = {}
    monkeypatch.setattr(verify_offline, "signed_list", lambda: found["list"])
    monkeypatch.setattr(verify_offline, "_public", lambda response: response)
    return found


def installed(page, language="fr"):
    """Open the page once with a network, until all that it needs is kept, then cut the network."""
    page.goto(f"/check/?lang={language}")
    expect(page.locator("[data-ready]")).to_contain_text("2026" if language == "en" else "20")
    page.evaluate(
        """async () => {
            for (const scope of ["/check/", "/V/", "/v/"]) {
                const found = await navigator.serviceWorker.getRegistration(scope);
                while (found.active?.state !== "activated") await new Promise(requestAnimationFrame);
            }
        }"""
    )
    page.context.set_offline(True)


def answer(page, address: str) -> str:
    page.goto(address)
    shown = page.locator("[data-answer]:visible")
    expect(shown).to_have_count(1)
    return shown.get_attribute("data-answer")


def test_every_answer_without_a_network(phone):
    valid = CardFactory(state=CardState.HANDED_OVER)
    lost = CardFactory(state=CardState.LOST)
    CardFactory(registrant=lost.registrant, state=CardState.HANDED_OVER)
    tokens = {
        "valid": valid.token,
        "revoked": CardFactory(state=CardState.STOLEN).token,
        "replaced": lost.token,
        "not_yet_valid": CardFactory().token,
        "expired": expired_card(state=CardState.HANDED_OVER).token,
        "forged": forged_from(valid.token),
    }
    installed(phone)
    told = {name: answer(phone, f"/V/{token}?lang=fr") for name, token in tokens.items()}
    assert told == {name: name for name in tokens}
    assert answer(phone, f"/v/{valid.token.lower()}?lang=ar") == "valid"
    page = phone.content()
    assert valid.serial in phone.locator("[data-facts]").inner_text()
    assert valid.registrant.name_ar not in page and valid.registrant.name_latin not in page
    assert phone.locator("html").get_attribute("dir") == "rtl"
    expect(phone.locator("[data-ready]")).to_contain_text(str(timezone.localdate().year))
    assert violations(phone) == []


def test_typed_numbers_and_addresses_are_answered_as_far_as_can_be(phone):
    stolen, valid = CardFactory(state=CardState.STOLEN), CardFactory(state=CardState.HANDED_OVER)
    installed(phone)
    phone.goto("/check/?lang=fr")
    for typed, told in (
        (stolen.serial, "revoked"),
        (valid.serial, "unsure"),
        (valid.face["url"], "valid"),
        ("nothing of the kind", "forged"),
        ("A" * 5000, "forged"),
    ):
        phone.locator("input[name=q]").evaluate("(field, text) => { field.value = text }", typed)
        phone.locator("form button[type=submit]").click()
        expect(phone.locator("[data-answer]:visible")).to_have_attribute("data-answer", told)


def test_an_older_list_never_takes_a_newer_ones_place(phone, served):
    older = revocation.make_list(issued=1_700_000_000)
    card = CardFactory(state=CardState.STOLEN)
    served["list"] = newer = revocation.make_list()
    installed(phone)
    assert answer(phone, f"/V/{card.token}") == "revoked"
    phone.context.set_offline(False)
    served["list"] = older
    refreshed = "CardData.refresh().then(() => CardData.load()).then(({ list }) => list.issued)"
    assert phone.evaluate(refreshed) > 1_700_000_000
    served["list"] = newer[:-1] + bytes([newer[-1] ^ 1])
    assert phone.evaluate("CardData.refresh().then(() => 'kept', () => 'refused')") == "refused"
    phone.context.set_offline(True)
    assert answer(phone, f"/V/{card.token}") == "revoked"


def test_an_old_list_is_said_to_be_old(phone, served):
    card = CardFactory(state=CardState.HANDED_OVER)
    served["list"] = revocation.make_list(issued=int((timezone.now() - timedelta(days=5)).timestamp()))
    installed(phone)
    assert answer(phone, f"/V/{card.token}") == "valid"
    assert "stale" in (phone.locator("[data-ready]").get_attribute("class") or "")
    assert "5" in phone.locator("[data-ready]").inner_text()


def test_what_a_phone_that_was_never_connected_says(phone, served):
    card = CardFactory(state=CardState.HANDED_OVER)
    # Neither kept by the worker nor, as the browser may, for as long as list and keys are fresh.
    served["list"] = revocation.make_list()
    installed(phone)
    # What was being fetched when the network was cut may still be put back: gone is what stays gone.
    phone.wait_for_function(
        """async () => {
            await caches.delete("card-check-data");
            await new Promise(done => setTimeout(done, 500));
            return !(await caches.has("card-check-data"));
        }"""
    )
    assert answer(phone, f"/V/{card.token}") == "unsure"
    expect(phone.locator("[data-why=empty]")).to_be_visible()


def test_the_answer_sounds_once_somebody_touched_the_page(phone):
    card = CardFactory(state=CardState.HANDED_OVER)
    cache.clear()
    phone.goto(f"/V/{card.token}?lang=fr")
    button = phone.locator("[data-sound]")
    if button.is_visible():
        button.click()
    expect(phone.locator("html")).to_have_attribute("data-sounded", "yes")
    expect(button).to_be_hidden()
