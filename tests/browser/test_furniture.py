"""The frame of pages in a real browser: readable by all, nothing typed lost, nothing sent twice."""

import pytest
from django.conf import settings
from django.urls import reverse

from core.roles import Role
from tests.browser.axe import violations
from tests.factories.core import UserFactory

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
    from django.test import Client

    client = Client()
    user = UserFactory(roles=[Role.REGISTRAR])
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    return user


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
