"""An import from file to register: read, checked, entered, entered again, undone."""

import pytest

from core.exceptions import ActionRefused
from core.models import AuditEvent, Chamber
from registry.actions import account_for, find_duplicates
from registry.actions.imports import apply_import, undo_import
from registry.actions.sweeping import go_on_with_sweep
from registry.enums import ApplicationState, ImportState, NewPeople, RegistrantState, RowOutcome
from registry.imports import work
from registry.models import Application, DuplicatePair, DuplicateSweep, NumberSequence, Registrant
from registry.signals import registrant_amended
from tests.factories.imports import applied, checked, director, person, received
from tests.factories.registry import RegistrantFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_chunks(settings):
    settings.IMPORT_ROWS_PER_CHUNK = 3


def test_headings_are_matched_by_the_machine():
    job = received([person(1)])
    assert (job.state, job.rows_total, job.file_kind) == (ImportState.COLUMNS, 1, "csv")
    assert len(job.mapping) == 14
    assert job.mapping["family_name_ar"] == 2
    assert job.mapping["family_name_latin"] == 4


def test_people_with_a_number_are_registered_with_it():
    job = applied([person(number) for number in range(1, 8)])
    assert job.done == {RowOutcome.CREATE: 7}
    entered = Registrant.objects.get(nia="11-000001-0")
    assert (entered.state, entered.national_id, entered.phone) == (
        RegistrantState.REGISTERED,
        "ZX100001",
        "+212661000001",
    )
    assert entered.name_key == entered.make_name_key()
    assert [link.craft.code for link in entered.craft_links.all()] == ["P01-01"]
    assert entered.qualifications.get().years_of_exercise == 12
    assert entered.flags == ["photograph_missing", "document_missing"]
    row = AuditEvent.objects.about(entered).get()
    assert (row.action, row.after["nia"], row.after["import"]) == (
        "registry.import.person_entered",
        "11-000001-0",
        job.pk,
    )


def test_the_counter_goes_on_behind_the_numbers_of_the_file():
    applied([person(1), person(500)])
    assert NumberSequence.objects.get(region_id="11").last_value == 500


def test_people_without_a_number_become_applications():
    job = applied([person(1, nia="")])
    candidate = Registrant.objects.get(national_id="ZX100001")
    application = Application.objects.get(registrant=candidate)
    assert (candidate.state, candidate.nia) == (RegistrantState.CANDIDATE, None)
    assert (application.state, application.entered_by) == (ApplicationState.SUBMITTED, job.created_by)
    assert application.consent_at is not None


def test_without_consent_on_paper_applications_are_drafts():
    applied([person(1, nia="")], consent_collected=False)
    assert Application.objects.get().state == ApplicationState.DRAFT


def test_those_already_registered_get_the_next_numbers():
    job = applied([person(1), person(2, nia=""), person(3, nia="")], new_people=NewPeople.REGISTERED)
    assert job.done == {RowOutcome.CREATE: 3}
    numbers = Registrant.objects.order_by("national_id").values_list("nia", flat=True)
    assert [number[:9] for number in numbers] == ["11-000001", "11-000002", "11-000003"]


def test_the_same_file_twice_changes_nothing():
    rows = [person(number) for number in range(1, 6)] + [person(6, nia="")]
    applied(rows)
    before = list(Registrant.objects.order_by("pk").values())
    again = checked(rows)
    assert again.planned == {RowOutcome.UNCHANGED: 6}
    with pytest.raises(ActionRefused):
        apply_import(job=again, by=director())
    assert list(Registrant.objects.order_by("pk").values()) == before


def test_only_chosen_columns_are_changed():
    applied([person(1)])
    job = applied([person(1, phone="0662222222", family="Autre")], update=["phone"])
    entered = Registrant.objects.get()
    assert job.done == {RowOutcome.UPDATE: 1}
    assert (entered.phone, entered.family_name_latin, entered.version) == ("+212662222222", "Tajribi", 2)
    change = AuditEvent.objects.about(entered).first()
    assert change.action == "registry.import.person_changed"
    assert (change.before, change.after["phone"]) == ({"phone": "+212661000001"}, "+212662222222")


def test_an_empty_cell_erases_only_where_that_was_chosen():
    job = applied([person(1)])
    Registrant.objects.update(email="a@example.org")
    rows = [person(1, phone="")]
    assert checked(rows).planned == {RowOutcome.UNCHANGED: 1}
    job.refresh_from_db()
    assert Registrant.objects.get().email == "a@example.org"


def test_a_whole_import_is_undone():
    kept = RegistrantFactory(national_id="ZX100009", nia="11-000009-0", phone="+212661999999")
    job = applied([person(1), person(2, nia=""), person(9, given="Rachid"), person(4), person(5)])
    assert job.done == {RowOutcome.CREATE: 4, RowOutcome.UPDATE: 1}
    undo_import(job=job, by=director())
    work.work_on(job.pk)
    job.refresh_from_db()
    assert job.state == ImportState.UNDONE
    stays = Registrant.objects.get()
    assert (stays.pk, stays.phone, stays.given_name_latin) == (kept.pk, "+212661999999", "Mohamed")
    assert stays.name_key == stays.make_name_key()
    assert not Application.objects.exists()
    assert AuditEvent.objects.filter(action="registry.import.person_taken_out").count() == 4
    done = AuditEvent.objects.get(action="registry.import.undone")
    assert done.after == {"undone": 5, "kept": 0}


def test_whoever_was_changed_since_stays_and_is_reported():
    job = applied([person(1), person(2), person(3)])
    changed = Registrant.objects.get(national_id="ZX100001")
    changed.version += 1
    changed.save()
    used = Registrant.objects.get(national_id="ZX100002")
    used.documents.create(kind="identity", uploaded_by=job.created_by)
    undo_import(job=job, by=director())
    work.work_on(job.pk)
    assert set(Registrant.objects.values_list("pk", flat=True)) == {changed.pk, used.pk}
    assert job.changes.exclude(kept=[]).count() == 2


def test_undoing_has_an_end():
    job = applied([person(1)])
    type(job).objects.update(undo_until="2020-01-01T00:00Z")
    with pytest.raises(ActionRefused):
        undo_import(job=job, by=director())
    assert Registrant.objects.count() == 1


def test_who_sent_the_file_does_not_register_people_with_it():
    sender = director()
    job = checked([person(1)], by=sender)
    with pytest.raises(ActionRefused):
        apply_import(job=job, by=sender)
    Chamber.objects.filter(region_id="11").update(separate_maker_and_checker=False)
    assert apply_import(job=job, by=sender).state == ImportState.APPLYING


def test_who_sent_the_file_may_enter_applications_that_others_decide_on():
    sender = director()
    job = checked([person(1, nia="")], by=sender)
    assert apply_import(job=job, by=sender).state == ImportState.APPLYING


def test_namesakes_born_the_same_day_are_both_entered_and_put_side_by_side():
    rows = [person(number, born="17/05/1980") for number in range(1, 6)]
    job = applied(rows)
    assert job.done == {RowOutcome.CREATE: 5}
    sweep = DuplicateSweep.objects.get()
    assert (sweep.region_code, sweep.total) == ("11", 5)
    go_on_with_sweep(sweep.pk)
    assert DuplicatePair.objects.count() == 10


def test_undoing_takes_people_out_of_the_queue_of_duplicates():
    stays = RegistrantFactory(national_id="ZX100009", phone="+212661000001", birth_date="1951-02-02")
    job = applied([person(1)])
    go_on_with_sweep(DuplicateSweep.objects.get().pk)
    find_duplicates(stays.pk)
    stays.refresh_from_db()
    assert "possible_duplicate" in stays.flags
    undo_import(job=job, by=director())
    work.work_on(job.pk)
    stays.refresh_from_db()
    assert "possible_duplicate" not in stays.flags
    assert not DuplicatePair.objects.exists()


def test_whoever_keeps_a_copy_is_told_of_a_change(django_capture_on_commit_callbacks):
    applied([person(1)])
    known = Registrant.objects.get()
    account = account_for(known)
    told = []

    def hear(registrant, fields, **_more):
        told.append((registrant.pk, fields))

    registrant_amended.connect(hear)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            applied([person(1, family="Autre", family_ar="آخر")])
    finally:
        registrant_amended.disconnect(hear)
    assert told == [(known.pk, ["family_name_ar", "family_name_latin"])]
    account.refresh_from_db()
    assert account.name_latin == "Mohamed Autre"
