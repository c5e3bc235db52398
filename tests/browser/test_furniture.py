"""The frame of pages in a real browser: readable by all, nothing typed lost, nothing sent twice."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from core.roles import Role
from registry.columns import COLUMNS
from tests.browser.axe import violations
from tests.factories.core import UserFactory
from tests.factories.registry import RegistrantFactory

GALLERY = "/gallery/"


@pytest.fixture(params=["ar", "fr"])
def language(request, context, live_server):
    context.add_cookies(
        [{"name": settings.LANGUAGE_COOKIE_NAME, "value": request.param, "url": live_server.url}]
    )
    return request.param


@pytest.fixture
def signed_in(context, live_server, transactional_db):
    """A member of staff whose session the browser holds."""
    client = Client()
    user = UserFactory(roles=[Role.REGISTRAR])
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    return user


def test_a_list_with_every_column_scrolls_in_the_page(page, signed_in, language):
    RegistrantFactory(region_id=signed_in.region_id)
    page.goto(reverse("registry:list") + "?" + "&".join(f"columns={column}" for column in COLUMNS))
    assert page.locator(".table-scroll").evaluate("part => part.scrollWidth > part.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert violations(page) == []


@pytest.mark.parametrize("width", [360, 1280])
def test_every_component_is_accessible_and_fits(page, signed_in, language, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(GALLERY)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_error_pages_are_accessible(page, context, transactional_db, language):
    answer = context.request.get("/nowhere/")
    assert answer.status == 404
    page.set_content(answer.text())
    assert violations(page) == []


def test_the_menu_opens_and_closes_on_a_phone_without_scripts(browser, live_server, signed_in, context):
    phone = browser.new_context(
        base_url=live_server.url, viewport={"width": 360, "height": 700}, java_script_enabled=False
    )
    phone.add_cookies(context.cookies())
    page = phone.new_page()
    page.goto(GALLERY)
    link = page.locator(f'#navigation a[href="{reverse("registry:list")}"]')
    assert not link.is_visible()
    page.locator(".menu-button").click()
    assert link.is_visible()
    page.keyboard.press("Escape")
    assert not link.is_visible()
    phone.close()


@pytest.mark.parametrize("role", [Role.REGIONAL_DIRECTOR, Role.NATIONAL_ADMIN])
def test_the_navigation_is_one_row_whose_rest_opens_by_keyboard_without_scripts(
    browser, live_server, transactional_db, role
):
    client = Client()
    client.force_login(UserFactory(roles=[role], region=None if role == Role.NATIONAL_ADMIN else "11"))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    for language in ("ar", "fr"):
        context = browser.new_context(
            base_url=live_server.url, viewport={"width": 1280, "height": 800}, java_script_enabled=False
        )
        for name, value in (
            (settings.SESSION_COOKIE_NAME, session),
            (settings.LANGUAGE_COOKIE_NAME, language),
        ):
            context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
        page = context.new_page()
        page.goto(reverse("core:home"))
        row = page.locator("#navigation > ul").bounding_box()
        link = page.locator("#navigation > ul > li > a").first.bounding_box()
        assert row["height"] < 1.5 * link["height"]
        accounts = page.locator(f'#more-navigation a[href="{reverse("core:accounts")}"]')
        assert not accounts.is_visible()
        page.locator(".navigation-more button").focus()
        page.keyboard.press("Enter")
        box = accounts.bounding_box()
        assert box["y"] > row["y"] + row["height"] and 0 <= box["x"] <= 1280 - box["width"]
        page.keyboard.press("Escape")
        assert not accounts.is_visible()
        page.set_viewport_size({"width": 360, "height": 700})
        page.locator(".menu-button").click()
        assert accounts.is_visible()
        context.close()


def test_what_was_typed_survives_a_reload_until_it_is_discarded(page, signed_in):
    page.goto(GALLERY)
    form = page.locator("form[data-draft]")
    notes = form.locator("textarea")
    # The sample form comes back with errors, which are newer than a draft: here it is as if it were fresh.
    fresh = (
        "document.querySelectorAll('.field-wrong').forEach(field => field.classList.remove('field-wrong'))"
    )
    page.add_init_script(f"document.addEventListener('readystatechange', () => {{ {fresh} }})")
    page.goto(GALLERY)
    assert form.locator("[data-draft-notice]").is_hidden()
    notes.fill("زربية من العيون")
    form.locator("input[type=radio]").nth(1).check()
    page.reload()
    assert notes.input_value() == "زربية من العيون"
    assert form.locator("input[type=radio]").nth(1).is_checked()
    form.locator("[data-draft-notice] button").click()
    assert notes.input_value() == ""
    page.reload()
    assert notes.input_value() == ""


def test_a_form_that_came_back_refused_keeps_its_draft_on_a_wrong_turn(page, signed_in):
    page.goto(GALLERY)
    form = page.locator("form[data-draft]")
    form.locator("textarea").fill("أول مرة")
    form.locator("button[type=submit]").click()
    page.wait_for_load_state()
    form.locator("textarea").fill("بعد التصحيح")
    page.goto("/")
    assert "بعد التصحيح" in page.evaluate("sessionStorage.getItem('draft:gallery')")


def test_a_draft_ends_with_the_session(page, signed_in):
    page.goto(GALLERY)
    page.locator("form[data-draft] textarea").fill("secret")
    drafts = "Object.keys(sessionStorage).filter(key => key.startsWith('draft:')).length"
    assert page.evaluate(drafts) == 1
    page.locator(".account-button").click()
    page.locator("#account form button").click()
    page.wait_for_url(f"**{reverse('account_login')}*")
    assert page.evaluate(drafts) == 0


def test_a_form_is_sent_once(page, signed_in):
    sent = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.goto(GALLERY)
    page.evaluate(
        "const form = document.querySelector('.language-switch');"
        "const button = form.querySelector('button');"
        "button.click(); button.click(); form.requestSubmit(button)"
    )
    page.wait_for_load_state("networkidle")
    assert len(sent) == 1
    assert page.locator("html").get_attribute("lang") == "fr"


def test_a_draft_outlives_a_session_that_ended_in_another_tab(page, context, signed_in):
    """The form is sent, sign-in answers: what was typed is still there, and gone once it is accepted."""
    page.goto(GALLERY)
    page.evaluate("sessionStorage.setItem('draft:x', '[]')")
    page.evaluate("sessionStorage.setItem('draft-sent', JSON.stringify({key: 'draft:x', from: '/x/'}))")
    session = context.cookies()
    context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.goto(reverse("core:home"))
    assert page.evaluate("sessionStorage.getItem('draft:x')") == "[]"
    context.add_cookies(session)
    page.goto(reverse("registry:list"))
    assert page.evaluate("sessionStorage.getItem('draft:x')") is None


def test_a_choice_that_depends_on_another_list_comes_back(page, signed_in):
    page.add_init_script(
        "document.addEventListener('readystatechange', () => document.querySelectorAll('.field-wrong')"
        ".forEach(field => field.classList.remove('field-wrong')))"
    )
    page.goto(GALLERY)
    kept = "[['region', '12', 'الداخلة']]"
    page.evaluate(f"sessionStorage.setItem('draft:gallery', JSON.stringify({kept}))")
    page.reload()
    assert page.locator("form[data-draft] select").input_value() == "12"
