"""The counter with the keyboard alone, from the list to the receipt; a session that ends in the middle."""

import re
import time

import pytest
from playwright.sync_api import Page, expect

from core.roles import Role
from registry.enums import ApplicationState
from registry.models import Application, ApplicationDraft
from tests.browser.axe import violations
from tests.factories.core import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


def sign_in(page: Page) -> None:
    form = page.locator("form:has([name=password])")
    form.locator("[name=login]").fill("registrar")
    form.locator("[name=password]").fill(PASSWORD)
    form.get_by_role("button").click()


@pytest.fixture
def registrar(page):
    UserFactory(username="registrar", roles=[Role.REGISTRAR])
    page.goto("/accounts/login/")
    sign_in(page)
    page.wait_for_url("/")
    return page


def tab_to(page: Page, name: str, most: int = 40) -> None:
    """Press Tab until the focus is on this field or button, as somebody without a mouse does."""
    for _ in range(most):
        if page.evaluate(
            "name => { const at = document.activeElement;"
            " return at && (at.name === name || at.hasAttribute(name) || at.dataset.name === name) }",
            name,
        ):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {name}")


def type_into(page: Page, name: str, text: str) -> None:
    tab_to(page, name)
    page.keyboard.type(text)


def press_down_to(page: Page, name: str, value: str) -> None:
    tab_to(page, name)
    for _ in range(60):
        if page.evaluate("document.activeElement.value") == value:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"{value} is not among the choices of {name}")


def fill_in_with_keys(page: Page) -> None:
    type_into(page, "national_id", "sh 654321")
    type_into(page, "given_name_ar", "فاطمة الزهراء")
    type_into(page, "family_name_ar", "التجريبية")
    type_into(page, "given_name_latin", "Fatima-Zahra")
    type_into(page, "family_name_latin", "Tajribia")
    # The browser's own date field, day, month and year in its language's order.
    type_into(page, "birth_date", "12041988")
    tab_to(page, "gender")
    page.keyboard.press("Space")
    press_down_to(page, "province", "11.321")
    expect(page.locator('[name=commune] option[value="11.321.01.03"]')).to_be_attached()
    press_down_to(page, "commune", "11.321.01.03")
    type_into(page, "phone", "06 61 98 76 54")
    tab_to(page, "principal_craft")
    page.keyboard.press("ArrowDown")
    tab_to(page, "qualifications-0-kind")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    type_into(page, "qualifications-0-years_of_exercise", "6")
    type_into(page, "qualifications-0-title", "جمعية تجريبية")


def test_somebody_is_registered_with_the_keyboard_alone_in_under_two_minutes(registrar):
    page = registrar
    page.goto("/register/")
    started = time.monotonic()
    for _ in range(60):
        if page.evaluate("document.activeElement.getAttribute('href')") == "/register/new/":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/register/drafts/"))
    assert page.locator("html").get_attribute("dir") == "rtl"
    fill_in_with_keys(page)
    tab_to(page, "data-open")
    page.keyboard.press("Enter")
    shoot = page.locator("[data-shoot]")
    expect(shoot).to_be_focused()
    # The first frames of the drawn camera are of one colour.
    page.wait_for_function("() => document.querySelector('video').currentTime > 1")
    page.keyboard.press("Enter")
    # The drawn camera shows no face: the reasons appear, and the picture is accepted by eye.
    expect(page.locator("[name=photograph_accepted]")).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Shift+Tab")
    for _ in range(20):
        if page.evaluate("document.activeElement.name") == "photograph_accepted":
            break
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Space")
    tab_to(page, "consent")
    # Sent while a draft is on its way, which the console must not take for an error.
    with page.expect_request(lambda request: "autosave" in (request.post_data or "")):
        page.keyboard.press("Space")
    tab_to(page, "step")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/register/applications/\d+/submitted/$"))
    assert time.monotonic() - started < 120
    application = Application.objects.get()
    assert application.state == ApplicationState.SUBMITTED
    assert application.registrant.given_name_latin == "Fatima-Zahra"
    expect(page.locator("main")).to_contain_text(application.tracking_number)
    assert violations(page) == []
    receipt = page.get_by_role("link", name="طباعة الوصل")
    expect(receipt).to_be_focused()
    answer = page.request.get(receipt.get_attribute("href"))
    assert answer.body().startswith(b"%PDF")


def test_the_communes_are_those_of_the_last_province_whatever_answer_comes_last(registrar):
    page = registrar
    page.goto("/register/new/")
    held = []
    page.route(re.compile(r"province=11\.221$"), lambda route: held.append(route))
    province, commune = page.locator("[name=province]"), page.locator("[name=commune]")
    province.select_option("11.221")
    expect(commune.locator("option")).to_have_count(1)
    province.select_option("11.321")
    expect(commune.locator('[value="11.321.01.03"]')).to_be_attached()
    with page.expect_event("requestfinished", lambda request: request.url.endswith("province=11.221")):
        held[0].continue_()
    page.evaluate("() => new Promise(done => setTimeout(done, 300))")
    expect(commune.locator('[value="11.321.01.03"]')).to_be_attached()
    expect(commune.locator('[value^="11.221."]')).to_have_count(0)


def test_a_session_that_ends_in_the_middle_loses_nothing(registrar, context):
    page = registrar
    page.goto("/register/new/")
    type_into(page, "national_id", "sh 654321")
    type_into(page, "family_name_ar", "التجريبية")
    page.keyboard.press("Tab")
    expect(page.locator("#draft-saved")).to_be_visible()
    # Each field saves: what is still on its way would arrive after the session.
    page.wait_for_load_state("networkidle")
    address = page.url
    context.clear_cookies()
    page.goto(address)
    page.wait_for_url(re.compile(r"/accounts/login/"))
    sign_in(page)
    page.wait_for_url(address)
    expect(page.locator("[name=national_id]")).to_have_value("sh 654321")
    expect(page.locator("[name=family_name_ar]")).to_have_value("التجريبية")
    assert ApplicationDraft.objects.count() == 1
    page.goto("/register/applications/?state=draft")
    expect(page.locator("main table")).to_contain_text("التجريبية")


def test_a_draft_is_resumed_on_another_machine(registrar, browser, live_server):
    registrar.goto("/register/new/")
    type_into(registrar, "given_name_ar", "خديجة")
    registrar.keyboard.press("Tab")
    expect(registrar.locator("#draft-saved")).to_be_visible()
    elsewhere = browser.new_context(base_url=live_server.url)
    page = elsewhere.new_page()
    page.goto("/accounts/login/")
    sign_in(page)
    page.wait_for_url("/")
    page.goto("/register/applications/?state=draft")
    page.get_by_role("link", name="خديجة").click()
    expect(page.locator("[name=given_name_ar]")).to_have_value("خديجة")
    elsewhere.close()


def test_members_are_added_without_a_script(browser, live_server):
    UserFactory(username="registrar", roles=[Role.REGISTRAR])
    plain = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = plain.new_page()
    page.goto("/accounts/login/")
    sign_in(page)
    page.goto("/register/new/")
    page.locator("[name=kind]").select_option("cooperative")
    page.locator("[name=members-0-name_ar]").fill("خديجة")
    page.locator('[value="add:members"]').click()
    expect(page.locator("[name=members-0-name_ar]")).to_have_value("خديجة")
    expect(page.locator("[name=members-1-name_ar]")).to_be_visible()
    expect(page.locator("[name=kind]")).to_have_value("cooperative")
    plain.close()
