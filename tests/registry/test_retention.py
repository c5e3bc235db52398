"""Erasing at the end of retention: a report first, exactly what it lists, safe to be run again."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils import timezone

from cards.enums import RequestSource, RequestState
from core.dates import months_before
from core.exceptions import ActionRefused
from core.models import AuditEvent
from core.roles import Role
from registry.actions import notify
from registry.actions.retention import approve_retention, cancel_retention, carry_out, prepare_retention
from registry.enums import ApplicationState, DocumentKind, RegistrantState, RetentionOutcome, RetentionState
from registry.models import ApplicationDraft, Merge, RegisterRules, Registrant, RetentionRun
from tests.factories.cards import CardFactory, CardRequestFactory
from tests.factories.core import UserFactory
from tests.factories.registry import ApplicationFactory, DraftFactory, RegistrantFactory

pytestmark = pytest.mark.django_db
LONG_AGO = timezone.now() - timedelta(days=900)


@pytest.fixture
def rules():
    return RegisterRules.objects.create(
        region_id="11",
        retention_draft_months=6,
        retention_rejected_months=12,
        retention_struck_off_months=24,
    )


@pytest.fixture
def officers():
    return [UserFactory(roles=[Role.NATIONAL_ADMIN], region=None) for _one in range(2)]


def aged(person: Registrant) -> Registrant:
    Registrant.objects.filter(pk=person.pk).update(updated_at=LONG_AGO)
    return person


@pytest.fixture
def draft():
    person = RegistrantFactory(candidate=True, with_photograph=True)
    ApplicationFactory(registrant=person, state=ApplicationState.DRAFT, submitted_at=None)
    return aged(person)


@pytest.fixture
def rejected():
    person = RegistrantFactory(candidate=True)
    ApplicationFactory(
        registrant=person,
        state=ApplicationState.REJECTED,
        decided_by=UserFactory(),
        decided_at=LONG_AGO,
        decision_reason="No proof",
    )
    return aged(person)


@pytest.fixture
def struck_off():
    return aged(RegistrantFactory(state=RegistrantState.STRUCK_OFF, with_photograph=True))


def numbers_of(run) -> set[int]:
    return set(run.entries.values_list("registrant_number", flat=True))


def test_months_are_counted_back_to_a_day_that_exists():
    assert months_before(date(2026, 3, 31), 1) == date(2026, 2, 28)
    assert months_before(date(2026, 1, 15), 13) == date(2024, 12, 15)


def test_without_a_length_nothing_is_listed(draft, rejected, struck_off, officers):
    run = prepare_retention(region_id="11", by=officers[0])
    assert numbers_of(run) == set()


def test_the_report_lists_what_is_over_and_touches_nothing(rules, draft, rejected, struck_off, officers):
    RegistrantFactory(candidate=True)
    aged(RegistrantFactory())
    run = prepare_retention(region_id="11", by=officers[0])
    assert numbers_of(run) == {draft.pk, rejected.pk, struck_off.pk}
    assert Registrant.objects.filter(pk__in=numbers_of(run)).count() == 3


def test_another_person_approves(rules, draft, officers, in_english):
    run = prepare_retention(region_id="11", by=officers[0])
    with pytest.raises(ActionRefused, match="another person"):
        approve_retention(run=run, by=officers[0])
    approve_retention(run=run, by=officers[1])
    assert approve_retention(run=run, by=officers[1]).state == RetentionState.RUNNING


def test_one_report_at_a_time(rules, draft, officers, in_english):
    prepare_retention(region_id="11", by=officers[0])
    with pytest.raises(ActionRefused, match="open already"):
        prepare_retention(region_id="11", by=officers[1])


def test_nothing_is_erased_before_approval_or_after_cancelling(rules, draft, officers, in_english):
    run = prepare_retention(region_id="11", by=officers[0])
    carry_out(run.pk)
    cancel_retention(run=run, by=officers[0])
    carry_out(run.pk)
    assert Registrant.objects.filter(pk=draft.pk).exists()
    with pytest.raises(ActionRefused, match="cancelled"):
        approve_retention(run=run, by=officers[1])


def test_candidates_go_whole(rules, draft, rejected, officers, django_capture_on_commit_callbacks):
    photograph = draft.photograph.name
    assert default_storage.exists(photograph)
    run = prepare_retention(region_id="11", by=officers[0])
    approve_retention(run=run, by=officers[1])
    with django_capture_on_commit_callbacks(execute=True):
        carry_out(run.pk)
    assert not Registrant.objects.filter(pk__in=[draft.pk, rejected.pk]).exists()
    assert not default_storage.exists(photograph)
    run.refresh_from_db()
    assert run.state == RetentionState.DONE


def test_of_those_struck_off_the_number_stays_and_nobody(rules, struck_off, officers):
    card = CardFactory(registrant=struck_off, state="revoked", stopped_at=LONG_AGO)
    notify(registrant=struck_off, key="event:1", words=lambda: "كلمات")
    aged(struck_off)
    run = prepare_retention(region_id="11", by=officers[0])
    approve_retention(run=run, by=officers[1])
    carry_out(run.pk)
    carry_out(run.pk)
    kept = Registrant.objects.get(pk=struck_off.pk)
    assert kept.nia == struck_off.nia
    assert (kept.national_id, kept.phone, kept.address, kept.photograph.name) == ("", "", "", "")
    assert struck_off.family_name_latin not in kept.name_key
    assert kept.birth_date == date(struck_off.birth_date.year, 1, 1)
    assert not kept.notifications.exists()
    card.refresh_from_db()
    assert struck_off.family_name_ar not in str(card.face)
    erased = AuditEvent.objects.filter(action="registry.registrant.erased")
    assert [row.subject_label for row in erased] == [struck_off.nia]


def test_what_changed_since_the_report_is_kept(rules, draft, officers):
    run = prepare_retention(region_id="11", by=officers[0])
    Registrant.objects.get(pk=draft.pk).save()
    approve_retention(run=run, by=officers[1])
    carry_out(run.pk)
    assert run.entries.get().outcome == RetentionOutcome.KEPT
    assert Registrant.objects.filter(pk=draft.pk).exists()


def test_two_erased_people_do_not_clash(rules, officers):
    people = [aged(RegistrantFactory(state=RegistrantState.STRUCK_OFF)) for _one in range(2)]
    run = prepare_retention(region_id="11", by=officers[0])
    approve_retention(run=run, by=officers[1])
    carry_out(run.pk)
    assert Registrant.objects.filter(pk__in=[p.pk for p in people], erased_at__isnull=False).count() == 2


def test_what_was_half_typed_goes_too_unless_somebody_went_on_with_it(
    rules, officers, django_capture_on_commit_callbacks
):
    old, resumed, elsewhere = DraftFactory(), DraftFactory(), DraftFactory(entered_by__region_id="12")
    DraftFactory()
    upload = old.uploads.create(slot="photograph", content_type="image/jpeg", file=ContentFile(b"x", "p.jpg"))
    drafts = [old.pk, resumed.pk, elsewhere.pk]
    ApplicationDraft.objects.filter(pk__in=drafts).update(saved_at=LONG_AGO)
    run = prepare_retention(region_id="11", by=officers[0])
    assert set(run.entries.values_list("draft_key", flat=True)) == {old.pk, resumed.pk}
    old.refresh_from_db()
    assert old.values
    resumed.save()
    approve_retention(run=run, by=officers[1])
    with django_capture_on_commit_callbacks(execute=True):
        carry_out(run.pk)
    assert dict(run.entries.values_list("draft_key", "outcome")) == {old.pk: "erased", resumed.pk: "kept"}
    old.refresh_from_db()
    assert (old.values, old.uploads.count(), old.closed_at is not None) == ({}, 0, True)
    assert not default_storage.exists(upload.file.name)
    resumed.refresh_from_db()
    assert resumed.values


def test_an_entry_names_one_row(officers):
    run = RetentionRun.objects.create(region_id="11", prepared_by=officers[0])
    for both in ({}, {"registrant_number": 1, "draft_key": uuid4()}):
        with pytest.raises(IntegrityError, match="retention_entry_names_one"), transaction.atomic():
            run.entries.create(reference="X", reason="draft", since=date(2026, 1, 1), **both)


def test_a_report_that_finds_nothing_does_not_stand_in_the_way_of_the_next(rules, officers, rejected):
    Registrant.objects.update(updated_at=timezone.now())
    rejected.applications.update(decided_at=timezone.now())
    empty = prepare_retention(region_id="11", by=officers[0])
    assert (empty.state, empty.entries.count()) == (RetentionState.NOTHING, 0)
    with pytest.raises(ActionRefused):
        approve_retention(run=empty, by=officers[1])
    with pytest.raises(ActionRefused):
        cancel_retention(run=empty, by=officers[1])
    rejected.applications.update(decided_at=LONG_AGO)
    assert prepare_retention(region_id="11", by=officers[0]).state == RetentionState.PREPARED


def carried_out(officers) -> RetentionRun:
    run = prepare_retention(region_id="11", by=officers[0])
    approve_retention(run=run, by=officers[1])
    carry_out(run.pk)
    return run


def test_whoever_asked_for_a_card_in_the_own_space_is_erased_with_the_account(rules, officers, struck_off):
    account = UserFactory(roles=[Role.ARTISAN], name_ar="سعيد", name_latin="Said", email="s@example.ma")
    Registrant.objects.filter(pk=struck_off.pk).update(user=account)
    asked = CardRequestFactory(
        registrant=struck_off,
        requested_by=account,
        source=RequestSource.HOLDER,
        state=RequestState.WITHDRAWN,
        reason="كلمات",
    )
    run = carried_out(officers)
    assert run.entries.get().outcome == RetentionOutcome.ERASED
    account.refresh_from_db()
    asked.refresh_from_db()
    said = (account.username, account.name_ar, account.name_latin, account.email, account.phone)
    assert said == (f"erased-{account.pk}", "", "", "", "")
    assert not account.is_active and not account.has_usable_password()
    assert asked.reason == "—"
    struck_off.refresh_from_db()
    assert (struck_off.user, struck_off.national_id) == (None, "")


def test_an_account_that_nothing_names_goes_whole(rules, officers, struck_off):
    account = UserFactory(roles=[Role.ARTISAN])
    Registrant.objects.filter(pk=struck_off.pk).update(user=account)
    carried_out(officers)
    assert not type(account).objects.filter(pk=account.pk).exists()


@pytest.fixture
def merged_away():
    """Makes an entry that was merged into another, long ago."""

    def made(into: Registrant, **fields) -> Registrant:
        one = aged(RegistrantFactory(with_photograph=True, merged_into=into, **fields))
        one.documents.create(
            kind=DocumentKind.IDENTITY,
            file=ContentFile(b"scan", name="scan.jpg"),
            content_type="image/jpeg",
            uploaded_by=UserFactory(),
        )
        snapshots = {"before": {"kept": {}}, "after": {"kept": {}}}
        Merge.objects.create(kept=into, merged=one, reason="نفس الشخص", done_by=UserFactory(), **snapshots)
        return one

    return made


def test_what_was_merged_into_a_living_entry_stays_with_it(rules, officers, merged_away):
    living = RegistrantFactory()
    struck, candidate = (
        merged_away(living, state=RegistrantState.STRUCK_OFF),
        merged_away(living, candidate=True),
    )
    assert prepare_retention(region_id="11", by=officers[0]).state == RetentionState.NOTHING
    assert struck.documents.exists() and candidate.documents.exists()


def test_what_was_merged_into_somebody_struck_off_goes_with_the_person(
    rules, officers, struck_off, merged_away
):
    first = merged_away(struck_off, state=RegistrantState.STRUCK_OFF)
    second = merged_away(first, candidate=True)
    aged(struck_off)
    run = carried_out(officers)
    assert list(run.entries.values_list("registrant_number", "outcome")) == [
        (struck_off.pk, RetentionOutcome.ERASED)
    ]
    for one in (first, second, struck_off):
        one.refresh_from_db()
        assert one.erased_at and (one.national_id, one.photograph.name) == ("", "")
        assert not one.documents.exists()
    assert [(merge.before, merge.after) for merge in Merge.objects.all()] == [({}, {})] * 2


def test_a_candidate_goes_with_what_was_merged_into_it(rules, officers, rejected, merged_away):
    merged = merged_away(rejected, candidate=True)
    aged(rejected)
    run = carried_out(officers)
    assert run.entries.get().outcome == RetentionOutcome.ERASED
    assert not Registrant.objects.filter(pk__in=[merged.pk, rejected.pk]).exists()


def test_an_entry_merged_since_the_report_is_kept(rules, officers, struck_off):
    run = prepare_retention(region_id="11", by=officers[0])
    Registrant.objects.filter(pk=struck_off.pk).update(merged_into=RegistrantFactory())
    approve_retention(run=run, by=officers[1])
    carry_out(run.pk)
    assert run.entries.get().outcome == RetentionOutcome.KEPT
