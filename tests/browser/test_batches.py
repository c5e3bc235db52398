"""A batch in Chromium with a real worker: composed, made, looked through, printed, counted, closed."""

import re
from io import BytesIO

import pikepdf
import pytest
from playwright.sync_api import Page, expect

from cards.enums import BatchState, CardState
from cards.models import CardBatch
from core.roles import Role
from tests.browser.axe import violations
from tests.browser.printing_desk import count_blanks, enter_cards, open_printing
from tests.browser.test_bodies import signed_in
from tests.factories.registry import RegistrantFactory

pytestmark = pytest.mark.django_db(transaction=True)

MAKING_MILLISECONDS = 60_000


def tab(page: Page, name: str) -> None:
    page.locator(".tabs").get_by_role("link", name=name).click()
    page.wait_for_load_state("networkidle")
    assert violations(page) == []


def test_from_composition_to_the_closed_batch(page, live_server, start_worker):
    RegistrantFactory.create_batch(3, with_photograph=True)
    start_worker()
    signed_in(page, live_server, Role.CARD_OFFICER)
    page.goto("/cards/batches/new/")
    page.locator("[name=name]").fill("لقاء العيون")
    page.locator("[name=cards_per_box]").fill("2")
    page.locator("main form[method=post] .form-buttons [type=submit]").click()
    page.wait_for_url(re.compile(r"/cards/batches/\d+/$"))
    page.locator('a[href$="/file/"]').wait_for(timeout=MAKING_MILLISECONDS)
    assert violations(page) == []
    batch = CardBatch.objects.get()

    tab(page, "لوحة المعاينة")
    pictures = page.locator(".contact-sheet img")
    expect(pictures).to_have_count(3)
    for number in range(3):
        pictures.nth(number).scroll_into_view_if_needed()
        page.wait_for_function(
            "n => document.querySelectorAll('.contact-sheet img')[n].naturalWidth > 400", arg=number
        )

    tab(page, "الملفات")
    sheets = page.locator("tr", has_text="عشر بطائق").get_by_role("link", name="تنزيل")
    sheets.wait_for(timeout=MAKING_MILLISECONDS)
    with page.expect_download() as started:
        sheets.evaluate("link => { link.setAttribute('download', ''); link.click(); }")
    with pikepdf.open(BytesIO(started.value.path().read_bytes())) as pdf:
        assert len(pdf.pages) == 2
    page.locator("[name=layout][value=package]").check()
    page.locator('form[action$="/files/"] [type=submit]').click()
    expect(page.locator(".passphrase-words")).to_have_text(re.compile(r"^(\w{4}-){6}\w{4}$"))

    open_printing(page, batch)
    assert violations(page) == []
    count_blanks(page, 5)
    enter_cards(page, "1-2")
    expect(page.locator(".alert-success")).to_contain_text("1-2")
    enter_cards(page, "3", "spoiled")
    # As a hand scanner does: the address of the code, and Enter.
    enter_cards(page, batch.cards.get(position=3).face["url"])
    expect(page.locator(".alert-success")).to_contain_text("3")
    for step in ("checked", "boxed"):
        enter_cards(page, "1-3", step)
    expect(page.locator(".stat", has_text="في صناديقها").locator(".stat-count")).to_have_text("3")
    page.locator("[name=left]").fill("1")
    page.locator('form[action$="/close/"] [type=submit]').click()
    page.wait_for_url(re.compile(r"/cards/batches/\d+/$"))
    batch.refresh_from_db()
    assert (batch.state, batch.good, batch.spoiled, batch.blanks_left) == (BatchState.CLOSED, 3, 1, 1)
    assert set(batch.cards.values_list("state", flat=True)) == {CardState.IN_BOX}
