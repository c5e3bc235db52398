"""What rows of an import may and may not do: to people elsewhere, to supervisors, to what is on file."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from registry.demo.imports import NEW, add_demo_import
from registry.enums import Kind, RowOutcome
from registry.imports.files import discard_old, forget_erased
from registry.imports.rows import parse_date
from registry.models import ImportChange, ImportJob, ImportRow, Registrant
from tests.factories.imports import HEADER, applied, checked, csv_bytes, director, person
from tests.factories.registry import DAKHLA_COMMUNE, RegistrantFactory

pytestmark = pytest.mark.django_db


def messages(job):
    return {row.line: [note[1] for note in row.notes] for row in job.rows.exclude(notes=[])}


def test_people_of_another_region_are_not_touched():
    elsewhere = RegistrantFactory(national_id="ZX100001", commune=DAKHLA_COMMUNE)
    job = checked([person(1, nia=""), person(2, commune=DAKHLA_COMMUNE)])
    assert job.planned == {RowOutcome.ERROR: 2}
    assert messages(job) == {
        2: ["This person is on the register of another region."],
        3: ["This commune lies in another region."],
    }
    elsewhere.refresh_from_db()
    assert elsewhere.version == 1


def test_the_same_person_twice_in_a_file_is_told_with_the_first_line():
    job = checked([person(1), person(2, nia="11-000001-0"), person(3, cin="ZX100001", nia="")])
    assert job.planned == {RowOutcome.CREATE: 1, RowOutcome.ERROR: 2}
    assert set(messages(job)) == {3, 4}


def test_numbers_that_contradict_each_other_are_looked_at():
    RegistrantFactory(national_id="ZX100001", nia="11-000001-0")
    RegistrantFactory(national_id="ZX100002", nia="11-000002-0")
    job = checked([person(1, nia="11-000002-0"), person(2, nia="11-999999-0"), person(3, nia="11-000002-0")])
    assert [row.candidates[0][1] for row in job.rows.order_by("line")] == [
        "contradiction",
        "other_number",
        "other_national_id",
    ]


def test_an_enterprise_comes_with_its_supervisor_in_one_file(settings):
    settings.IMPORT_ROWS_PER_CHUNK = 1
    header = [*HEADER, "Catégorie", "Raison sociale (arabe)", "Raison sociale", "NIA encadrant"]
    enterprise = ["entreprise", "مقاولة تجريبية", "Entreprise", "11-000002-0"]
    rows = [
        [*person(1), *enterprise],
        [*person(2), "artisan", "", "", ""],
        [*person(3), *enterprise[:3], "11-777777-0"],
    ]
    job = applied([], content=csv_bytes([header, *rows]))
    assert job.done == {RowOutcome.CREATE: 2, RowOutcome.ERROR: 1}
    entered = Registrant.objects.get(kind=Kind.ENTERPRISE)
    assert entered.supervisor.nia == "11-000002-0"
    assert messages(job) == {4: ["Nobody on the register, or entered by this file, has this number."]}


def test_empty_cells_erase_only_what_may_be_erased():
    header = [*HEADER, "E-mail", "Adresse"]
    known = RegistrantFactory(
        national_id="ZX100001",
        nia="11-000001-0",
        email="a@example.org",
        address="local",
        phone="+212661000001",
    )
    content = csv_bytes([header, [*person(1, phone=""), "", ""]])
    applied([], content=content, update=["email"], erase_blanks=True)
    known.refresh_from_db()
    assert (known.email, known.address, known.phone) == ("", "local", "+212661000001")


def test_nobody_new_where_only_changes_were_asked():
    job = checked([person(1)], new_people="none")
    assert job.planned == {RowOutcome.SKIP: 1}


def test_what_imports_hold_of_people_goes_after_its_time(settings):
    job = applied([person(1)])
    late = timezone.now() - timedelta(days=settings.IMPORT_KEPT_DAYS + 1)
    ImportJob.objects.update(created_at=late)
    assert discard_old() == 0
    ImportJob.objects.update(undo_until=late)
    assert discard_old() == 1
    job.refresh_from_db()
    assert (job.samples, job.rows.count(), job.changes.count(), job.chunks.count()) == ([], 0, 0, 0)
    assert job.done == {RowOutcome.CREATE: 1}
    assert discard_old() == 0


def test_what_imports_hold_of_somebody_erased_goes_with_them():
    applied([person(1), person(2)])
    gone = Registrant.objects.get(national_id="ZX100001")
    forget_erased(Registrant, registrant=gone)
    assert [bool(row.values) for row in ImportRow.objects.order_by("line")] == [False, True]
    change = ImportChange.objects.get(registrant_key=gone.pk)
    assert (change.before, change.after) == ({}, {})


def test_the_demo_has_a_list_to_look_through():
    known = RegistrantFactory(is_demo=True, family_name_ar="التجريبي", family_name_latin="Tajribi")
    job = add_demo_import(region=known.region, by=director())
    assert job.planned == {RowOutcome.CREATE: NEW - 2, RowOutcome.ERROR: 2, RowOutcome.UPDATE: 1}


@pytest.mark.parametrize("text", ["1980-05-17T13:05:00", "١٧/٠٥/١٩٨٠", "17.5.1980", "1980-05-17 00:00"])
def test_a_date_is_read_however_it_is_written(text):
    assert parse_date(text) == date(1980, 5, 17)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("31-02-1980", "day"),
        ("05/17/1980", "day"),
        ("29357", "date"),
        ("17 mai 1980", "date"),
        ("1/1/9e9", "date"),
    ],
)
def test_a_day_that_does_not_exist_is_told_from_one_badly_written(text, code):
    with pytest.raises(ValidationError) as refused:
        parse_date(text)
    assert refused.value.code == code
