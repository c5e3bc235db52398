"""Pairs that wait for a reviewer: how they come, stay away, come back and go."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.exceptions import ActionRefused
from core.models import AuditEvent
from core.roles import Role
from registry import actions
from registry.actions.duplicates import FIND
from registry.enums import DuplicateReason, Flag, PairState, RegistrantState
from registry.models import DuplicatePair, Registrant
from tests.factories.core import UserFactory
from tests.factories.duplicates import make_pair
from tests.factories.registry import DAKHLA_COMMUNE, ApplicationFactory, RegistrantFactory

pytestmark = pytest.mark.django_db
R = DuplicateReason


@pytest.fixture
def registrar():
    return UserFactory()


@pytest.fixture
def twice():
    """One person, entered twice."""
    names = {"family_name_ar": "الأنصاري", "family_name_latin": "Ansari"}
    return RegistrantFactory(**names), RegistrantFactory(**names, national_id="BK1", commune=DAKHLA_COMMUNE)


def flags_of(registrant):
    return Registrant.objects.get(pk=registrant.pk).flags


def test_a_pair_is_found_once_from_either_side(twice):
    for person in (*twice, *twice):
        assert actions.find_duplicates(person.pk) == 1
    pair = DuplicatePair.objects.get()
    assert (pair.first, pair.second, pair.state) == (*twice, PairState.OPEN)
    assert (pair.first_region, pair.second_region) == ("11", "12")
    assert R.SAME_NAME_AND_BIRTH in pair.reasons
    assert pair.reason_words
    assert all(Flag.POSSIBLE_DUPLICATE in flags_of(person) for person in twice)


def test_weak_likeness_waits_for_nobody():
    one = RegistrantFactory(family_name_ar="الأنصاري", family_name_latin="Ansari")
    RegistrantFactory(
        phone=one.phone,
        given_name_ar="فاطمة",
        given_name_latin="Fatima",
        national_id="BK1",
        commune=DAKHLA_COMMUNE,
    )
    assert actions.find_duplicates(one.pk) == 0
    assert Flag.POSSIBLE_DUPLICATE not in flags_of(one)


def test_two_who_are_not_the_same_do_not_come_back(twice, registrar):
    actions.find_duplicates(twice[0].pk)
    pair = DuplicatePair.objects.get()
    actions.declare_not_same(pair=pair, reason="أخوان", by=registrar)
    assert actions.find_duplicates(twice[0].pk) == 0
    pair.refresh_from_db()
    assert (pair.state, pair.decided_by, pair.decision_reason) == (PairState.NOT_SAME, registrar, "أخوان")
    assert Flag.POSSIBLE_DUPLICATE not in flags_of(twice[0])
    rows = AuditEvent.objects.filter(action="registry.duplicate.not_same")
    assert {(row.subject_id, row.region_code) for row in rows} == {
        (str(person.pk), person.region_id) for person in twice
    }


def test_a_new_reason_brings_them_back(twice, registrar):
    actions.find_duplicates(twice[0].pk)
    actions.declare_not_same(pair=DuplicatePair.objects.get(), reason="أخوان", by=registrar)
    Registrant.objects.filter(pk=twice[1].pk).update(phone=twice[0].phone)
    assert actions.find_duplicates(twice[0].pk) == 1
    pair = DuplicatePair.objects.get()
    assert R.PHONE in pair.reasons
    assert (pair.state, pair.decided_by, pair.decision_reason) == (PairState.OPEN, None, "")


def test_two_who_are_not_alike_any_more_wait_no_longer(twice):
    actions.find_duplicates(twice[0].pk)
    Registrant.objects.filter(pk=twice[1].pk).update(birth_date="1950-02-03")
    assert actions.find_duplicates(twice[1].pk) == 0
    assert not DuplicatePair.objects.exists()
    assert Flag.POSSIBLE_DUPLICATE not in flags_of(twice[0])


def test_a_decision_is_taken_once_and_with_a_reason(registrar, in_english):
    pair = make_pair()
    with pytest.raises(ActionRefused, match="Give a reason"):
        actions.declare_not_same(pair=pair, reason=" ", by=registrar)
    actions.declare_not_same(pair=pair, reason="أخوان", by=registrar)
    with pytest.raises(ActionRefused, match="decided on these two already"):
        actions.declare_not_same(pair=pair, reason="أخوان", by=registrar)


def test_a_decision_is_taken_back_with_a_reason(registrar, in_english):
    pair = make_pair()
    with pytest.raises(ActionRefused, match="do not stand as two different people"):
        actions.compare_again(pair=pair, reason="خطأ", by=registrar)
    actions.declare_not_same(pair=pair, reason="أخوان", by=registrar)
    with pytest.raises(ActionRefused, match="Give a reason"):
        actions.compare_again(pair=pair, reason="", by=registrar)
    actions.compare_again(pair=pair, reason="خطأ", by=registrar)
    assert DuplicatePair.objects.get().state == PairState.OPEN
    assert Flag.POSSIBLE_DUPLICATE in flags_of(pair.first)
    assert AuditEvent.objects.filter(action="registry.duplicate.reopened").count() == 2


@pytest.fixture
def asked(monkeypatch):
    """What workers were asked to do."""
    tasks = []
    monkeypatch.setattr("core.background.wake", lambda task, pk, **_more: tasks.append((task, pk)))
    return tasks


def test_approving_looks_for_duplicates(asked, django_capture_on_commit_callbacks):
    application = ApplicationFactory()
    director = UserFactory(roles=[Role.REGIONAL_DIRECTOR])
    with django_capture_on_commit_callbacks(execute=True):
        actions.approve_application(application=application, by=director)
    assert asked == [(FIND, application.registrant_id)]


def test_submitting_looks_for_duplicates(asked, registrar, django_capture_on_commit_callbacks):
    person = RegistrantFactory(candidate=True, with_photograph=True)
    application = ApplicationFactory(
        registrant=person, state="draft", submitted_at=None, consent_at=timezone.now()
    )
    with django_capture_on_commit_callbacks(execute=True):
        actions.submit_application(application=application, by=registrar)
    assert asked == [(FIND, person.pk)]


def test_a_region_sees_a_pair_when_one_of_the_two_is_there(twice):
    pair = make_pair(*twice)
    assert [
        list(DuplicatePair.objects.visible_to(UserFactory(region=region))) for region in ("11", "12", "01")
    ] == [[pair], [pair], []]
    assert list(DuplicatePair.objects.visible_to(UserFactory(roles=[Role.NATIONAL_ADMIN]))) == [pair]
    assert not DuplicatePair.objects.visible_to(UserFactory(roles=[Role.PARTNER_AGENT])).exists()


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"score": 101}, "duplicate_pair_score"),
        ({"reasons": []}, "duplicate_pair_has_reasons"),
        ({"state": PairState.NOT_SAME}, "duplicate_pair_decision_is_signed"),
        ({"state": PairState.OPEN, "decided_at": timezone.now()}, "duplicate_pair_decision_is_signed"),
    ],
)
def test_the_database_refuses_a_pair_that_says_nothing(changes, constraint):
    pair = make_pair()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        DuplicatePair.objects.filter(pk=pair.pk).update(**changes)


def test_the_database_keeps_a_pair_once_and_in_order():
    pair = make_pair()
    with pytest.raises(IntegrityError, match="duplicate_pair_once"), transaction.atomic():
        make_pair(pair.first, pair.second)
    with pytest.raises(IntegrityError, match="duplicate_pair_in_order"), transaction.atomic():
        DuplicatePair.objects.filter(pk=pair.pk).update(first=pair.second, second=pair.first)


def test_the_database_refuses_a_merged_entry_in_force():
    one, other = RegistrantFactory(), RegistrantFactory()
    with pytest.raises(IntegrityError, match="registrant_merged_is_out_of_force"), transaction.atomic():
        Registrant.objects.filter(pk=one.pk).update(merged_into=other)
    with pytest.raises(IntegrityError, match="registrant_merged_is_out_of_force"), transaction.atomic():
        Registrant.objects.filter(pk=one.pk).update(merged_into=one, state=RegistrantState.STRUCK_OFF)
