"""A list of people brought in and taken out again by two directors, in Arabic, in a real browser."""

import csv
import io
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from registry.exports import work as exports
from registry.imports import work as imports
from registry.models import ExportJob, ImportJob, Registrant
from tests.browser.axe import violations
from tests.factories.imports import HEADER, csv_bytes, director, person
from tests.factories.registry import RegistrantFactory

pytestmark = pytest.mark.django_db(transaction=True)


def looks_right(page: Page) -> None:
    """Arabic, right to left, nothing beyond the edge of a phone, and nothing that axe would complain of."""
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    assert violations(page) == []
    page.set_viewport_size({"width": 360, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.set_viewport_size({"width": 1280, "height": 900})


def worked_on(page: Page) -> None:
    """The worker takes its turn; the page's bar sees it and shows what comes next."""
    expect(page.locator("progress")).to_be_visible()
    imports.work_on(ImportJob.objects.get().pk)
    expect(page.locator("progress")).to_have_count(0, timeout=15_000)


def count_of(page: Page, outcome: str) -> int:
    shown = page.locator(f".stats a[href$='rows={outcome}#rows']").inner_text()
    return int("".join(filter(str.isdigit, shown)))


def test_a_list_is_brought_in_and_undone(open_as, tmp_path: Path):
    known = RegistrantFactory(
        national_id="ZX100009",
        nia="11-000009-0",
        birth_date="1959-10-10",
        family_name_ar="التجريبي",
        family_name_latin="Tajribi",
    )
    rows = [
        person(1),
        person(2),
        person(9, family="Autre"),
        person(3, phone="12"),
        # Somebody of the same name, born the same day.
        person(4, nia="", born="10/10/1959", given_ar=known.given_name_ar, family_ar=known.family_name_ar),
    ]
    file = tmp_path / "liste.csv"
    file.write_bytes(csv_bytes([HEADER, *rows], encoding="cp1256", delimiter=";"))

    sender = open_as(director())
    sender.goto(reverse("registry:import_new"))
    looks_right(sender)
    sender.locator("input[type=file]").set_input_files(file)
    sender.get_by_role("button", name="إرسال الملف").click()
    worked_on(sender)

    # The machine has matched every column; one is corrected by hand, and put right again.
    looks_right(sender)
    chosen = sender.locator(".import-columns select")
    assert [one.input_value() for one in chosen.all()][:3] == ["nia", "national_id", "family_name_ar"]
    sender.locator("select[name=column_8]").select_option("")
    sender.locator("input[name=new_people][value=applications]").check()
    sender.locator("input[name=consent_collected]").check()
    sender.locator("input[name=update_fields][value=family_name_latin]").check()
    sender.get_by_role("button", name="فحص الأسطر").click()
    worked_on(sender)
    assert count_of(sender, "create") == 0
    sender.get_by_role("link", name="تغيير الأعمدة").click()
    sender.locator("select[name=column_8]").select_option("phone")
    sender.get_by_role("button", name="فحص الأسطر").click()
    worked_on(sender)

    # The dry run: what would be done, what is wrong by line and column, and the report to take away.
    looks_right(sender)
    found = {name: count_of(sender, name) for name in ("create", "update", "error", "review")}
    assert found == {"create": 2, "update": 1, "error": 1, "review": 1}
    sender.locator(".stats a[href*='rows=error']").click()
    expect(sender.locator("#rows")).to_contain_text("Téléphone")
    with sender.expect_download() as downloaded:
        sender.get_by_role("link", name="CSV").click()
    report = list(csv.reader(io.StringIO(Path(downloaded.value.path()).read_text("utf-8-sig"))))
    assert [line[0] for line in report[1:]] == ["5", "6"]
    sender.goto(reverse("registry:import_review", args=[ImportJob.objects.get().pk]))
    looks_right(sender)
    with sender.expect_navigation():
        sender.locator("button[name=decision][value=skip]").click()
    sender.goto(reverse("registry:import", args=[ImportJob.objects.get().pk]))
    # Who sent the file registers nobody with it.
    expect(sender.get_by_role("button", name="إدخال هؤلاء الأشخاص")).to_have_count(0)
    assert Registrant.objects.count() == 1

    checker = open_as(director())
    checker.goto(reverse("registry:import", args=[ImportJob.objects.get().pk]))
    checker.get_by_role("button", name="إدخال هؤلاء الأشخاص").click()
    checker.locator("#apply button[type=submit]").click()
    worked_on(checker)
    looks_right(checker)
    known.refresh_from_db()
    assert (Registrant.objects.count(), known.family_name_latin) == (3, "Autre")

    checker.get_by_role("button", name="التراجع عن الاستيراد كله").click()
    checker.locator("#undo button[type=submit]").click()
    worked_on(checker)
    known.refresh_from_db()
    assert (Registrant.objects.get().pk, known.family_name_latin) == (known.pk, "Tajribi")
    looks_right(checker)


def test_a_list_is_taken_out(open_as):
    wanted = RegistrantFactory()
    RegistrantFactory(candidate=True)
    page = open_as(director())
    page.goto(f"{reverse('registry:list')}?state=registered")
    page.get_by_role("link", name="تصدير هذه اللائحة").click()
    looks_right(page)
    page.locator("input[name=format][value=csv]").check()
    page.get_by_role("button", name="إعداد الملف").click()
    expect(page.locator("progress")).to_be_visible()
    looks_right(page)
    exports.work_on(ExportJob.objects.get().pk)
    expect(page.locator("progress")).to_have_count(0, timeout=15_000)
    with page.expect_download() as downloaded:
        page.get_by_role("button", name="تنزيل").click()
    rows = list(csv.reader(io.StringIO(Path(downloaded.value.path()).read_text("utf-8-sig"))))
    assert [row[2] for row in rows[1:]] == [wanted.nia]
    looks_right(page)
