"""The counter as its agent uses it: a scanner that types, a proxy with a paper, a signature on the screen."""

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image
from playwright.sync_api import Page, expect

from cards.enums import CardState
from cards.models import CardRules, HandOver
from cards.qr import card_url
from core.roles import Role
from tests.browser.axe import violations
from tests.factories.cards import CardFactory
from tests.factories.core import UserFactory
from tests.factories.registry import portrait_bytes

pytestmark = pytest.mark.django_db(transaction=True)


def sign(page: Page) -> None:
    """A stroke with the mouse, as a finger draws it."""
    page.locator(".signature-pad").scroll_into_view_if_needed()
    box = page.locator(".signature-pad").bounding_box()
    page.mouse.move(box["x"] + 30, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + 150, box["y"] + 80, steps=6)
    page.mouse.up()


def test_a_card_goes_to_a_proxy_who_signs(page: Page, live_server, tmp_path):
    CardRules.objects.create(region_id="11", signature_needed=True)
    card, power = CardFactory(box=3, slot=117), tmp_path / "power.jpg"
    power.write_bytes(portrait_bytes())
    client = Client()
    client.force_login(UserFactory(roles=(Role.DESK_AGENT,)))
    cookies = {"sessionid": client.cookies["sessionid"].value, "django_language": "ar"}
    page.context.add_cookies(
        [{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()]
    )
    page.goto(reverse("cards:counter"))
    expect(page.locator("#desk-text")).to_be_focused()
    assert violations(page) == []
    page.keyboard.type(card_url(card.token))
    page.keyboard.press("Enter")
    expect(page.locator(".desk-place")).to_contain_text("117")
    expect(page.locator("[data-proxy]")).to_be_hidden()
    assert violations(page) == []

    page.locator("[name=receiver][value=proxy]").check()
    page.locator("[name=proxy_name]").fill("فاطمة")
    page.locator("[name=proxy_national_id]").fill("ZT777")
    page.locator("[name=proxy_relation]").select_option("spouse")
    assert violations(page) == []
    page.locator("[name=power]").set_input_files(power)
    sign(page)
    page.locator(".desk-hand-over button").dblclick()
    expect(page.locator(".desk-recent > li")).to_have_count(1)
    given = HandOver.objects.get()
    assert (given.proxy.name, given.proxy.national_id) == ("فاطمة", "ZT777")
    with given.signature.open() as file, Image.open(file) as drawn:
        assert drawn.getbbox() is not None
    card.refresh_from_db()
    assert card.state == CardState.HANDED_OVER
