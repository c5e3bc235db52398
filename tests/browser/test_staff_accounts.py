"""A director opens a colleague's account; the colleague signs in with it for the first time."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from core.models import User
from core.roles import Role
from tests.browser.axe import violations
from tests.factories.core import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)

NEW_PASSWORD = "sadaf-nahas-2031-atlas"


def looks_right(page: Page) -> None:
    assert violations(page) == []
    page.set_viewport_size({"width": 360, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.set_viewport_size({"width": 1280, "height": 900})


def test_an_account_is_opened_and_its_owner_signs_in_the_first_time(open_as, page):
    director = open_as(UserFactory(roles=[Role.REGIONAL_DIRECTOR]))
    director.goto(reverse("core:accounts"))
    looks_right(director)
    director.goto(reverse("core:account_new"))
    director.fill("#id_username", "s.alaoui")
    director.fill("#id_name_ar", "سعاد العلوي")
    director.fill("#id_name_latin", "Souad Alaoui")
    send = director.locator("main form:has(#id_username) button[type=submit]")
    send.click()
    # Without a role nothing is opened, and nothing typed is lost.
    expect(director.locator(".field-wrong")).to_have_count(1)
    expect(director.locator("#id_name_ar")).to_have_value("سعاد العلوي")
    looks_right(director)
    director.locator(f"input[name=roles][value={Role.REGISTRAR}]").check()
    send.click()
    password = director.locator(".data-list strong").inner_text()
    looks_right(director)

    page.goto(reverse("account_login"))
    page.fill("#id_login", "s.alaoui")
    page.fill("#id_password", password)
    with page.expect_navigation():
        page.locator("form:has(#id_login) button[type=submit]").click()
    # Wherever the owner goes, the password is to be replaced first.
    page.goto(reverse("registry:list"))
    chosen = page.locator("main input[type=password]")
    looks_right(page)
    for field, value in zip(
        chosen.all(), [password, NEW_PASSWORD, NEW_PASSWORD][-chosen.count() :], strict=True
    ):
        field.fill(value)
    with page.expect_navigation():
        page.locator("main form button[type=submit]").last.click()
    page.goto(reverse("registry:list"))
    expect(page).to_have_url(f"{page.url.split('/register')[0]}{reverse('registry:list')}")
    expect(page.locator("main form[role=search]").first).to_be_visible()
    assert User.objects.get(username="s.alaoui").check_password(NEW_PASSWORD)
