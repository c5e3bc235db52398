"""The main job end to end, as the roles would do it, on the real Laâyoune meeting.

Somebody is registered in the browser, approved by another, gets a card, is checked in with it at the meeting
of 15 January 2026, receives it there, and sees the partners' offers.
"""

import re
from io import BytesIO

import pypdfium2
import pytest
import zxingcpp
from django.core.management import call_command
from playwright.sync_api import Page, expect

from cards.enums import CardState
from cards.models import Card
from core.roles import Role
from core.sign_in import delivery
from core.sms import MemorySms
from events.models import CheckIn, Meeting
from registry.models import Application, Craft
from tests.browser.axe import violations
from tests.browser.conftest import complaints_of
from tests.browser.printing_desk import put_away
from tests.factories.core import PASSWORD, UserFactory
from tests.factories.events import card_desk_of

pytestmark = pytest.mark.django_db(transaction=True)

DPI = 300
MAKING_MILLISECONDS = 60_000


@pytest.fixture
def staff(live_server, settings, monkeypatch):
    """One account a role, the real meeting and the real partners, cards that lead to this very server."""
    settings.CARD_VERIFY_BASE_URL = f"{live_server.url}/V/".upper()
    # The worker is a process of its own and reads its own settings.
    monkeypatch.setenv("CARD_VERIFY_BASE_URL", settings.CARD_VERIFY_BASE_URL)
    monkeypatch.setenv("CARD_KEYS_DIR", str(settings.CARD_KEYS_DIR))
    for command in ("load_partners", "load_meetings"):
        call_command(command, verbosity=0)
    for name, role in (
        ("registrar", Role.REGISTRAR),
        ("director", Role.REGIONAL_DIRECTOR),
        ("officer", Role.CARD_OFFICER),
        ("desk", Role.DESK_AGENT),
    ):
        UserFactory(username=name, roles=[role])


@pytest.fixture
def open_as(browser, live_server):
    """`open_as("registrar")` signs in on the page and gives it; every page's console must stay silent."""
    contexts, pages = [], []

    def open_page(username: str | None = None, **options) -> Page:
        context = browser.new_context(base_url=live_server.url, **options)
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        pages.append(complaints_of(page))
        if username:
            page.goto("/accounts/login/")
            form = page.locator('form[action="/accounts/login/"]')
            form.locator("[name=login]").fill(username)
            form.locator("[name=password]").fill(PASSWORD)
            form.get_by_role("button").click()
            page.wait_for_url("/")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert [complaint for complaints in pages for complaint in complaints] == []


def looks_right(page: Page) -> None:
    """Arabic, right to left, and nothing that axe would complain of."""
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    assert violations(page) == []


def register(page: Page) -> Application:
    page.goto("/register/new/")
    looks_right(page)
    for name, text in {
        "national_id": "sh 654321",
        "given_name_ar": "فاطمة الزهراء",
        "family_name_ar": "التجريبية",
        "given_name_latin": "Fatima-Zahra",
        "family_name_latin": "Tajribia",
        "birth_date": "1988-04-12",
        "phone": "06 61 98 76 54",
        "qualifications-0-title": "جمعية تجريبية",
        "qualifications-0-years_of_exercise": "6",
    }.items():
        page.locator(f"[name={name}]").fill(text)
    page.locator("[name=gender][value=female]").check()
    page.locator("[name=qualifications-0-kind][value=attestation]").check()
    page.locator("[name=province]").select_option("11.321")
    expect(page.locator('[name=commune] option[value="11.321.01.03"]')).to_be_attached()
    page.locator("[name=commune]").select_option("11.321.01.03")
    page.locator("[name=principal_craft]").select_option(str(Craft.objects.current().first().pk))
    page.locator("[data-open]").click()
    page.locator("[data-shoot]").click()
    expect(page.locator("[data-stage]")).to_be_visible()
    # The drawn camera shows no face: the registrar accepts the picture by eye.
    page.locator("[name=photograph_accepted]").check()
    page.locator("[name=consent]").check()
    # The draft is saved by itself: a request cut off by leaving would be a line in the console.
    page.wait_for_timeout(600)
    page.wait_for_load_state("networkidle")
    page.locator("[name=step][value=submit]").click()
    page.wait_for_url(re.compile(r"/register/applications/\d+/submitted/$"))
    looks_right(page)
    return Application.objects.get(registrant__national_id="SH654321")


def approve(page: Page, application: Application) -> str:
    page.goto("/register/applications/")
    looks_right(page)
    page.get_by_role("link", name="فاطمة الزهراء").click()
    looks_right(page)
    page.locator("[name=decision][value=approve]").check()
    page.get_by_role("button", name="تأكيد القرار", exact=True).click()
    page.wait_for_url(re.compile(r"/register/\d+/$"))
    application.registrant.refresh_from_db()
    expect(page.locator("main")).to_contain_text(application.registrant.nia)
    return application.registrant.nia


def make_card(page: Page) -> bytes:
    page.goto("/cards/batches/new/")
    looks_right(page)
    page.locator("[name=name]").fill("لقاء العيون")
    page.locator("main form[method=post]").get_by_role("button").last.click()
    page.wait_for_url(re.compile(r"/cards/batches/\d+/$"))
    download_link = page.locator('a[href$="/file/"]')
    download_link.wait_for(timeout=MAKING_MILLISECONDS)
    looks_right(page)
    with page.expect_download() as started:
        download_link.evaluate("link => { link.setAttribute('download', ''); link.click(); }")
    return started.value.path().read_bytes()


def codes_printed(pdf: bytes) -> list[str]:
    """What a decoder reads from each page of the PDF at the printer's 300 dpi."""
    with pypdfium2.PdfDocument(BytesIO(pdf)) as document:
        pictures = [page.render(scale=DPI / 72).to_pil().convert("L") for page in document]
    return [barcode.text for picture in pictures for barcode in zxingcpp.read_barcodes(picture)]


def check_with_a_phone(page: Page, address: str, name: str) -> None:
    page.goto(address)
    for language in ("ar", "fr", "en"):
        page.goto(f"{address}?lang={language}")
        expect(page.locator("html")).to_have_attribute("lang", language)
        expect(page.locator("main")).to_contain_text(name)
        assert violations(page) == []
    body = page.content()
    assert "SH654321" not in body
    assert "661987654" not in body


def check_in_and_hand_over(page: Page, meeting: Meeting, address: str) -> None:
    page.goto(f"/meetings/{meeting.pk}/desk/")
    looks_right(page)
    page.locator(f'a[href="/meetings/lists/{card_desk_of(meeting).pk}/"]').click()
    looks_right(page)
    page.locator("#desk-text").fill(address)
    page.keyboard.press("Enter")
    page.locator(".desk-hand-over").get_by_role("button").click()
    expect(page.locator(".desk-hand-over")).to_have_count(0)
    looks_right(page)


def undo_latest(page: Page, reason: str) -> None:
    """Take back the latest hand-over, or the presence where nothing is handed over, saying why."""
    page.locator(".desk-recent > li > button[popovertarget]").first.click()
    dialog = page.locator(".desk-recent .confirm:popover-open")
    dialog.locator("[name=reason]").fill(reason)
    dialog.locator("[type=submit]").click()
    expect(dialog).to_have_count(0)


def see_benefits(page: Page, nia: str) -> None:
    page.goto("/accounts/login/")
    looks_right(page)
    form = page.locator('form[action="/accounts/login/code/"]')
    form.get_by_role("textbox").fill(nia.replace("-", " "))
    form.get_by_role("button").click()
    expect(page.locator("[name=code]")).to_be_visible()
    delivery.finish()
    code = re.search(r"\d{6}", MemorySms.outbox[-1].text).group()
    assert MemorySms.outbox[-1].phone == "+212661987654"
    page.locator("[name=code]").fill(code)
    page.locator("main form").first.get_by_role("button").click()
    page.wait_for_url("**/register/me/")
    looks_right(page)
    page.goto("/register/me/file/")
    looks_right(page)
    expect(page.locator("main")).to_contain_text(nia)
    page.goto("/benefits/")
    looks_right(page)
    expect(page.locator("main")).to_contain_text("بركوما")
    # Nobody has confirmed any terms, so none are shown.
    expect(page.locator("main")).to_contain_text("الشروط لدى الغرفة")


def test_from_registration_to_benefits(staff, open_as, start_worker):
    application = register(open_as("registrar"))
    nia = approve(open_as("director"), application)
    start_worker()
    officer = open_as("officer", accept_downloads=True)
    pdf = make_card(officer)
    card = Card.objects.get(registrant=application.registrant)
    put_away(officer, card.batch)

    codes = codes_printed(pdf)
    assert len(codes) == 1
    assert codes[0] == codes[0].upper()
    check_with_a_phone(open_as(viewport={"width": 360, "height": 740}), codes[0], "Fatima-Zahra Tajribia")

    meeting = Meeting.objects.get(code="laayoune-2026-01-15")
    desk = open_as("desk")
    check_in_and_hand_over(desk, meeting, codes[0])
    card.refresh_from_db()
    assert card.state == CardState.HANDED_OVER
    assert CheckIn.objects.present().get().registrant == application.registrant

    undo_latest(desk, "بطاقة شخص آخر")
    card.refresh_from_db()
    assert card.state == CardState.IN_BOX
    undo_latest(desk, "خطأ في المسح")
    assert not CheckIn.objects.standing().exists()
    check_in_and_hand_over(desk, meeting, codes[0])
    assert CheckIn.objects.present().count() == 1

    see_benefits(open_as(viewport={"width": 360, "height": 740}), nia)
