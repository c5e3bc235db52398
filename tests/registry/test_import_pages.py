"""The pages of an import: the file, its columns, the dry run and its report, rows looked through."""

import csv
import io

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from core.models import AuditEvent
from core.roles import Role
from registry.actions.imports import apply_import, undo_import
from registry.enums import ImportState, NewPeople, RowOutcome
from registry.imports import work
from registry.models import ImportJob, Registrant
from tests.factories.imports import (
    HEADER,
    checked,
    csv_bytes,
    director,
    ods_bytes,
    person,
    received,
    xlsx_bytes,
)
from tests.factories.registry import RegistrantFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(sign_in):
    return sign_in(Role.REGIONAL_DIRECTOR)


def send(client, content: bytes, name: str = "liste.csv"):
    return client.post(reverse("registry:import_new"), {"file": SimpleUploadedFile(name, content)})


def columns(job: ImportJob, **more) -> dict:
    """What the page of columns sends when nothing is corrected."""
    sent = {f"column_{position}": field for field, position in job.mapping.items()}
    return sent | {"new_people": NewPeople.APPLICATIONS, "consent_collected": "on"} | more


@pytest.mark.parametrize("make", [csv_bytes, xlsx_bytes, ods_bytes])
def test_a_file_of_each_kind_comes_to_its_columns(client, make):
    answer = send(client, make([HEADER, person(1)]))
    job = ImportJob.objects.get()
    assert answer.url == reverse("registry:import", args=[job.pk])
    assert "hx-get" in client.get(answer.url).content.decode()
    work.work_on(job.pk)
    page = client.get(answer.url, follow=True)
    assert page.redirect_chain[-1][0] == reverse("registry:import_columns", args=[job.pk])
    first = page.context["form"].proposals()[0]
    assert (first["letter"], first["heading"], first["samples"]) == ("A", "NIA", ["11-000001-0"])


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"%PDF-1.7\0", "kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old_excel"),
        (xlsx_bytes([HEADER])[:500], "broken"),
    ],
)
def test_what_is_no_table_is_said_beside_the_field(client, content, code):
    page = send(client, content)
    assert page.status_code == 422
    assert [error.code for error in page.context["form"].errors.as_data()["file"]] == [code]
    assert not ImportJob.objects.exists()


@pytest.mark.parametrize(
    ("rows", "refusal"),
    [
        ([HEADER], "There is no row below the header."),
        ([["", ""], ["", ""]], "The sheet is empty."),
        (
            [[f"c{place}" for place in range(101)]] * 2,
            "The sheet is too wide or too long: at most %(columns)s columns.",
        ),
    ],
)
def test_what_only_its_reading_shows_is_said_on_the_page(client, rows, refusal):
    send(client, csv_bytes(rows))
    job = ImportJob.objects.get()
    work.work_on(job.pk)
    job.refresh_from_db()
    assert (job.state, job.found["refusal"][0], bool(job.file)) == (
        ImportState.REFUSED,
        refusal,
        bool(job.file),
    )
    page = client.get(reverse("registry:import", args=[job.pk]))
    assert page.context["refusal"]


def test_too_many_rows_are_refused(client, settings):
    settings.IMPORT_MAX_ROWS = 2
    send(client, csv_bytes([HEADER, person(1), person(2), person(3)]))
    job = ImportJob.objects.get()
    work.work_on(job.pk)
    job.refresh_from_db()
    assert (job.state, job.found["refusal"][0]) == (
        ImportState.REFUSED,
        "The file has too many rows: at most %(most)s.",
    )


def test_a_column_is_corrected_by_hand_and_none_stands_for_two(client):
    job = received([person(1)], by=client.user)
    address = reverse("registry:import_columns", args=[job.pk])
    twice = client.post(address, columns(job, column_2="national_id"))
    assert (twice.status_code, list(twice.context["form"].errors)) == (422, ["column_2"])
    without = client.post(address, columns(job, column_0="", column_1=""))
    assert without.context["form"].errors.as_data()["__all__"][0].code == "no_key"
    assert client.post(address, columns(job, column_4="")).status_code == 302
    job.refresh_from_db()
    assert (job.state, "family_name_latin" in job.mapping) == (ImportState.CHECKING, False)


def test_a_heading_that_stands_twice_is_matched_once():
    job = received([], content=csv_bytes([[*HEADER, "CIN"], [*person(1), "AB12"]]))
    assert job.mapping["national_id"] == 1
    assert 14 not in job.mapping.values()


def test_another_sheet_is_read_before_the_check(client):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet("Notes").write_string(0, 0, "notes")
        sheet = book.add_worksheet("Registre")
        for line, row in enumerate([HEADER, person(1)]):
            sheet.write_row(line, 0, row)
    send(client, out.getvalue())
    job = ImportJob.objects.get()
    ImportJob.objects.update(state=ImportState.COLUMNS, found={"sheets": ["Notes", "Registre"]})
    client.post(reverse("registry:import_sheet", args=[job.pk]), {"sheet": "Registre"})
    work.work_on(job.pk)
    job.refresh_from_db()
    assert (job.state, job.sheet, job.rows_total) == (ImportState.COLUMNS, "Registre", 1)


def test_the_report_says_line_and_column_and_holds_no_formula(client):
    job = checked(
        [person(1), person(2, phone="=HYPERLINK(1)", born="31/02/1980"), person(3, nia="", proof="")]
    )
    for form in ("csv", "xlsx"):
        answer = client.get(reverse("registry:import_report", args=[job.pk, form]))
        content = b"".join(answer) if answer.streaming else answer.content
        rows = (
            list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
            if form == "csv"
            else CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
        )
        assert [(row[0], row[1], row[2], row[4]) for row in rows[1:]] == [
            ("3", "H", "Date de naissance", "31/02/1980"),
            ("3", "I", "Téléphone", "'=HYPERLINK(1)"),
            ("4", "L", "Qualification", ""),
        ]


def test_whom_a_row_means_is_decided_by_hand(client):
    known = RegistrantFactory(birth_date="1980-05-17", family_name_ar="التجريبي", family_name_latin="Tajribi")
    rows = [person(number, nia="", born="17/05/1980") for number in (1, 2, 3)]
    job = checked(rows, by=client.user)
    assert job.planned == {RowOutcome.REVIEW: 3}
    page = client.get(reverse("registry:import_review", args=[job.pk]))
    assert [one["candidates"][0]["person"] for one in page.context["shown"]] == [known] * 3
    for line, decision in ((2, "new"), (3, "skip"), (4, str(known.pk))):
        client.post(reverse("registry:import_decide", args=[job.pk, line]), {"decision": decision})
    for nobody in ("99999999", "²", "9" * 5000):
        client.post(reverse("registry:import_decide", args=[job.pk, 4]), {"decision": nobody})
    job.refresh_from_db()
    assert job.planned == {RowOutcome.CREATE: 1, RowOutcome.SKIP: 1, RowOutcome.UPDATE: 1}
    client.post(reverse("registry:import_apply", args=[job.pk]))
    work.work_on(job.pk)
    known.refresh_from_db()
    assert (Registrant.objects.count(), known.phone) == (2, "+212661000003")


@pytest.mark.parametrize("changed", [0, 1])
def test_an_undone_import_says_what_is_left_of_it(client, changed):
    job = checked([person(1), person(2), person(3)], by=client.user)
    apply_import(job=job, by=director())
    work.work_on(job.pk)
    Registrant.objects.filter(national_id="ZX100001").update(version=1 + changed)
    undo_import(job=ImportJob.objects.get(), by=director())
    work.work_on(job.pk)
    page = client.get(reverse("registry:import", args=[job.pk]) + "?rows=create")
    assert [(one["count"], one.get("kind", "")) for one in page.context["counts"]] == [
        (3 - changed, ""),
        (changed, "warning" if changed else ""),
    ]
    assert (len(page.context["kept"]), page.context["outcome_label"]) == (changed, "")
    assert ("alert-warning" in page.content.decode()) == bool(changed)


@pytest.mark.parametrize(("count", "said"), [(1, "nouvelle personne"), (3, "nouvelles personnes")])
def test_what_is_counted_agrees_with_its_number(client, settings, count, said):
    job = checked([person(number) for number in range(1, count + 1)], by=client.user)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "fr"
    page = client.get(reverse("registry:import", args=[job.pk]))
    new = page.context["counts"][0]
    assert (new["count"], new["label"]) == (count, said)


def test_the_undo_lasts_a_day():
    job = checked([person(1)])
    applied = apply_import(job=job, by=director())
    assert (applied.undo_until - applied.applied_at).total_seconds() == 24 * 3600


def test_given_up_it_leaves_nothing_but_its_row(client, django_capture_on_commit_callbacks):
    job = checked([person(1)], by=client.user)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("registry:import_cancel", args=[job.pk]))
    job.refresh_from_db()
    assert (job.state, bool(job.file), Registrant.objects.count()) == (ImportState.CANCELLED, False, 0)
    assert AuditEvent.objects.about(job).first().action == "registry.import.cancelled"
    again = client.post(reverse("registry:import_cancel", args=[job.pk]), follow=True)
    assert "alert-danger" in again.content.decode()


@pytest.mark.parametrize("outcome", ["error", "create", "review"])
def test_the_rows_ask_the_database_the_same_however_many_there_are(client, outcome):
    RegistrantFactory(birth_date="1980-05-17", family_name_ar="التجريبي", family_name_latin="Tajribi")

    def queries(count):
        more = {"error": {"phone": "1"}, "create": {}, "review": {"nia": "", "born": "17/05/1980"}}[outcome]
        job = checked([person(number, **more) for number in range(1, count + 1)], by=client.user)
        assert job.planned == {outcome: count}
        name = "registry:import_review" if outcome == "review" else "registry:import"
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse(name, args=[job.pk]) + f"?rows={outcome}")
        return len(captured)

    assert queries(1) == queries(3)


def test_the_list_asks_the_database_the_same_however_many_there_are(client):
    def queries(count):
        for _ in range(count):
            received([person(1)], by=client.user)
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("registry:imports"))
        return len(captured)

    assert queries(1) == queries(2)


def test_the_empty_workbook_is_understood_and_its_example_enters_nobody(client):
    content = client.get(reverse("registry:import_template")).content
    job = received([], content=content)
    assert len(job.mapping) == len(job.header)
