"""Figures in Chromium: targets typed with the keyboard alone, and the public pages on a phone."""

import gzip

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from core.roles import Role
from registry.actions.figures import refresh_figures
from registry.models import RegistrationTarget
from tests.factories.core import UserFactory
from tests.factories.registry import RegistrantFactory

PHONE = {"width": 360, "height": 740}


@pytest.fixture
def counted(transactional_db):
    for _ in range(12):
        RegistrantFactory()
    return refresh_figures()


def become(context, live_server, user):
    client = Client()
    client.force_login(user)
    cookies = {
        settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value,
        settings.LANGUAGE_COOKIE_NAME: "fr",
    }
    context.add_cookies(
        [{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()]
    )


def test_a_director_types_targets_with_the_keyboard_and_reads_the_share(page, context, live_server, counted):
    become(context, live_server, UserFactory(roles=[Role.REGIONAL_DIRECTOR]))
    page.goto("/register/figures/")
    page.get_by_role("link", name="Laâyoune-Sakia El Hamra: 12, sans objectif").press("Enter")
    page.get_by_role("link", name="Objectifs").press("Enter")
    fields = page.locator(".target-grid input[type=text]")
    fields.first.focus()
    for number in ("300", "", "24", ""):
        page.keyboard.type(number)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator(".alert-success").wait_for()
    found = dict(RegistrationTarget.objects.values_list("province_id", "number"))
    assert sorted(found.values()) == [24, 300]
    page.goto("/register/figures/regions/11/")
    page.locator("#provinces summary").click()
    share = page.locator("#provinces table tr", has_text="Laâyoune").locator("td").nth(2)
    assert (
        share.inner_text().replace("\u202f", " ").replace("\xa0", " ") == f"{round(1200 / found['11.321'])} %"
    )


def test_the_public_pages_are_light_and_speak_to_a_phone(page, context, counted):
    page.set_viewport_size(PHONE)
    for address in ("/register/open-data/", "/register/how-to-register/"):
        sizes = []

        def keep(response, sizes=sizes):
            body = response.body()
            # As the server sends it: whatever is text goes packed.
            packed = body if response.url.endswith(".woff2") else gzip.compress(body)
            sizes.append(len(packed))

        page.on("response", keep)
        page.goto(address, wait_until="networkidle")
        page.remove_listener("response", keep)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert sum(sizes) < 100_000
    page.get_by_role("link", name="إحصائيات السجل").click()
    page.get_by_label("الجهة").select_option("11")
    page.get_by_role("button", name="عرض").click()
    expect(page.locator(".public-total strong")).to_have_text("10")
