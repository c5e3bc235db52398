"""Lists taken out as files: who is in them, what they may hold, who may fetch them, what is remembered."""

import io
from datetime import date, timedelta

import pikepdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pypdfium2 import PdfDocument
from python_calamine import CalamineWorkbook

from core.exceptions import ActionRefused
from core.models import AuditEvent
from core.roles import Role
from registry.actions import keep_search_text
from registry.actions.exports import MOST_RUNNING, cancel_export
from registry.enums import ExportFormat, ExportState
from registry.exports import work
from registry.exports.files import discard_old
from registry.models import ExportJob, SearchText
from tests.factories import exports
from tests.factories.core import UserFactory
from tests.factories.exports import csv_rows
from tests.factories.imports import checked
from tests.factories.registry import DAKHLA_COMMUNE, RegistrantFactory

pytestmark = pytest.mark.django_db
NEW = "/register/exports/new/registrants/"
COLUMNS = ("nia", "name_ar", "name_latin", "national_id", "birth_date", "craft")


def asked(*arguments, columns=COLUMNS, **options):
    return exports.asked(*arguments, columns=columns, **options)


def made(*arguments, columns=COLUMNS, **options):
    return exports.made(*arguments, columns=columns, **options)


def sheet_of(job):
    with job.file.open("rb") as file:
        return CalamineWorkbook.from_filelike(io.BytesIO(file.read())).get_sheet_by_index(0).to_python()


def test_the_file_holds_who_the_list_shows_in_its_order():
    older, newer = RegistrantFactory(), RegistrantFactory()
    RegistrantFactory(candidate=True)
    RegistrantFactory(commune=DAKHLA_COMMUNE)
    job = made(query="state=registered", columns=["nia"])
    assert csv_rows(job) == [["Numéro d’identité de l’artisanat (NIA)"], [newer.nia], [older.nia]]
    assert (job.total, job.written) == (2, 2)


def test_a_search_is_taken_out_as_the_list_shows_it():
    by = UserFactory(roles=[Role.REGISTRAR])
    found = RegistrantFactory(family_name_latin="Zeroual")
    RegistrantFactory()
    kept = keep_search_text(text="zeroual", by=by)
    assert csv_rows(made(by, query=f"s={kept.token}", columns=["nia"]))[1:] == [[found.nia]]


def test_a_search_that_is_no_longer_kept_is_not_everybody():
    by = UserFactory(roles=[Role.REGISTRAR])
    RegistrantFactory()
    job = asked(by, query=f"s={keep_search_text(text='zeroual', by=by).token}")
    SearchText.objects.all().delete()
    work.work_on(job.pk)
    job.refresh_from_db()
    assert (job.state, job.last_error, bool(job.file)) == (ExportState.FAILED, "search", False)


def test_nothing_in_the_file_is_a_formula():
    RegistrantFactory(given_name_latin="=1+1", family_name_latin="@SUM(A1)", address="-2+3")
    columns = ["given_name_latin", "family_name_latin", "address"]
    for form in (ExportFormat.CSV, ExportFormat.XLSX):
        job = made(columns=columns, format=form)
        rows = csv_rows(job) if form == ExportFormat.CSV else sheet_of(job)
        assert rows[1] == ["'@SUM(A1)", "'=1+1", "'-2+3"]


@pytest.mark.parametrize(
    ("role", "shown"),
    [(Role.REGISTRAR, "SH654321"), (Role.CARD_OFFICER, "••••••21"), (Role.AUDITOR, "••••••21")],
)
def test_identity_numbers_are_whole_only_for_those_who_may_see_them(role, shown):
    RegistrantFactory(national_id="SH654321")
    region = None if role == Role.AUDITOR else "11"
    job = made(UserFactory(roles=[role], region_id=region), columns=["national_id"])
    assert csv_rows(job)[1] == [shown]


def test_dates_are_dates_and_numbers_keep_their_zeros_in_a_workbook():
    RegistrantFactory(birth_date=date(1980, 5, 17), phone="+212661000001")
    job = made(columns=["birth_date", "phone"], format=ExportFormat.XLSX)
    assert sheet_of(job)[1] == ["06 61 00 00 01", date(1980, 5, 17)]


def test_a_file_taken_out_and_sent_back_changes_nothing():
    RegistrantFactory(
        family_name_ar="التجريبي", family_name_latin="Tajribi", address="- local 4", email="a@example.org"
    )
    columns = [
        "nia",
        "national_id",
        "family_name_ar",
        "given_name_ar",
        "family_name_latin",
        "given_name_latin",
        "phone",
        "gender",
        "birth_date",
        "province",
        "commune",
        "craft",
        "address",
        "email",
    ]
    job = made(columns=columns)
    with job.file.open("rb") as file:
        again = checked([], content=file.read())
    assert len(again.mapping) == len(columns)
    assert again.planned == {"unchanged": 1}, again.rows.get().notes


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_a_pdf_is_a_lying_page_with_everybody(language):
    RegistrantFactory()
    job = made(format=ExportFormat.PDF, language=language)
    with job.file.open("rb") as file, pikepdf.open(io.BytesIO(file.read())) as pdf:
        _left, _bottom, width, height = pdf.pages[0].mediabox
        assert width > height


def test_a_word_without_end_leaves_the_other_columns_of_a_pdf_whole():
    RegistrantFactory(address="x" * 200, phone="+212661234567")
    job = made(columns=["nia", "name_latin", "phone", "birth_date", "address"], format=ExportFormat.PDF)
    with job.file.open("rb") as file:
        page = PdfDocument(file.read())[0]
        text = page.get_textpage().get_text_range()
        left, _bottom, right, _top = page.get_bbox()
        edges = [
            page.get_textpage().get_charbox(place)[::2] for place, char in enumerate(text) if char == "x"
        ]
    assert "06 61 23 45 67" in text
    assert all(left <= start <= end <= right for start, end in edges)


def test_a_pdf_is_not_written_of_a_list_that_is_too_long(settings):
    settings.EXPORT_PDF_MOST_ROWS = 1
    RegistrantFactory()
    RegistrantFactory()
    job = asked(format=ExportFormat.PDF)
    work.work_on(job.pk)
    job.refresh_from_db()
    assert (job.state, job.last_error) == (ExportState.FAILED, "too_long")


def test_whoever_lost_the_permission_gets_no_file():
    by = UserFactory(roles=[Role.REGISTRAR])
    job = asked(by)
    type(by).objects.filter(pk=by.pk).update(roles=[Role.DESK_AGENT])
    work.work_on(job.pk)
    job.refresh_from_db()
    assert (job.state, job.last_error) == (ExportState.FAILED, "permission")


def test_asking_writing_and_fetching_are_remembered(sign_in):
    client = sign_in(Role.REGISTRAR)
    person = RegistrantFactory(national_id="SH654321")
    job = made(client.user, columns=["national_id"])
    response = client.post("/register/exports/file/", {"export": job.pk})
    assert person.national_id in b"".join(response.streaming_content).decode()
    events = AuditEvent.objects.about(job)
    assert [event.action for event in events] == [
        "registry.export.taken",
        "registry.export.made",
        "registry.export.asked",
    ]
    assert events[0].after == {"listing": "registrants", "format": "csv", "entries": 1}
    assert events[2].after["columns"] == ["national_id"]


def test_nobody_else_fetches_the_file(sign_in):
    job = made()
    client = sign_in(Role.REGISTRAR)
    assert client.post("/register/exports/file/", {"export": job.pk}).status_code == 404
    assert client.post("/register/exports/cancel/", {"export": job.pk}).status_code == 404
    assert not AuditEvent.objects.filter(action="registry.export.taken").exists()


def test_the_page_asks_for_what_the_list_shows(sign_in, django_capture_on_commit_callbacks):
    client = sign_in(Role.REGISTRAR)
    RegistrantFactory()
    token = client.post("/register/search/", {"q": "zeroual", "state": "registered"}).url.split("?")[1]
    page = client.get(f"{NEW}?{token}")
    assert page.context["words"][0].endswith("zeroual")
    sent = {"query": page.context["query"], "format": "xlsx", "columns": ["nia", "name_ar"]}
    assert client.post(NEW, sent).url == "/register/exports/"
    job = ExportJob.objects.get()
    assert (job.columns, job.created_by, "zeroual" in job.query) == (["nia", "name_ar"], client.user, False)
    asked_for = AuditEvent.objects.about(job).get()
    assert "zeroual" not in str(asked_for.after)
    assert asked_for.after["searched"] is True


def test_what_is_wrong_with_the_form_stands_beside_the_field(sign_in, settings):
    settings.EXPORT_PDF_MOST_ROWS = 1
    client = sign_in(Role.REGISTRAR)
    RegistrantFactory()
    RegistrantFactory()
    page = client.post(NEW, {"query": "", "format": "pdf", "columns": ["nia"]})
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["format"])
    page = client.post(NEW, {"query": "", "format": "csv"})
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["columns"])
    assert not ExportJob.objects.exists()


def test_only_so_many_are_written_at_once():
    by = UserFactory(roles=[Role.REGISTRAR])
    for _ in range(MOST_RUNNING):
        asked(by)
    with pytest.raises(ActionRefused):
        asked(by)


def test_what_is_cancelled_while_it_is_written_leaves_no_file(monkeypatch):
    RegistrantFactory()
    job = asked()

    def write_and_be_cancelled(job, path, columns, rows):
        cancel_export(job=job, by=job.created_by)
        path.write_text("".join(map(str, rows)))

    monkeypatch.setattr(work, "write", write_and_be_cancelled)
    work.work_on(job.pk)
    job.refresh_from_db()
    assert (job.state, bool(job.file)) == (ExportState.CANCELLED, False)
    with pytest.raises(ActionRefused):
        cancel_export(job=job, by=job.created_by)


def test_a_file_at_which_workers_die_is_not_begun_for_ever(monkeypatch):
    job = asked()
    ExportJob.objects.update(attempts=work.MOST_ATTEMPTS)
    work.work_on(job.pk)
    job.refresh_from_db()
    assert (job.state, job.last_error) == (ExportState.FAILED, "killed")


def test_done_once_is_not_done_again():
    job = made()
    work.work_on(job.pk)
    assert AuditEvent.objects.filter(action="registry.export.made").count() == 1


def test_files_go_when_their_time_is_over(settings):
    job, fresh = made(), made()
    ExportJob.objects.filter(pk=job.pk).update(
        finished_at=timezone.now() - timedelta(days=settings.EXPORT_KEPT_DAYS, hours=1)
    )
    storage, name = job.file.storage, job.file.name
    assert discard_old() == 1
    job.refresh_from_db()
    fresh.refresh_from_db()
    assert (job.state, bool(job.file), storage.exists(name)) == (ExportState.EXPIRED, False, False)
    assert fresh.state == ExportState.DONE


def test_reading_people_asks_the_database_the_same_however_many_there_are():
    def queries(count):
        for _ in range(count):
            RegistrantFactory()
        job = asked(columns=[*COLUMNS, "further_crafts", "region", "province"])
        with CaptureQueriesContext(
            connection,
        ) as captured:
            work.work_on(job.pk)
        return len(captured)

    assert queries(1) == queries(2)
