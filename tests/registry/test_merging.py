"""Two entries become one and, for a time, two again."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cards.enums import CardState, CheckOutcome
from cards.search import by_serial
from core.exceptions import ActionRefused
from core.models import AuditEvent
from core.roles import Role
from registry import actions
from registry.actions import merge_snapshot
from registry.actions.changes.entering import lock as lock_for_a_request
from registry.actions.proceedings.steps import lock_registrant as lock_for_a_procedure
from registry.enums import Flag, Kind, PairState, RegistrantState
from registry.models import Application, DuplicatePair, Merge, Registrant
from tests.factories.cards import CardFactory
from tests.factories.core import UserFactory
from tests.factories.duplicates import make_pair
from tests.factories.pictures import picture
from tests.factories.proceedings import ProceedingFactory
from tests.factories.registry import DAKHLA_COMMUNE, ApplicationFactory, RegistrantFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def registrar():
    return UserFactory()


@pytest.fixture
def national():
    return UserFactory(roles=[Role.NATIONAL_ADMIN])


@pytest.fixture
def pair():
    return make_pair()


def merge(pair, by, *, kept=None, taken=(), reason="شخص واحد", identity_checked=True):
    fresh = DuplicatePair.objects.with_both().get(pk=pair.pk)
    order = actions.MergeOrder(
        kept_id=(kept or fresh.first).pk,
        taken=frozenset(taken),
        versions={person.pk: person.version for person in (fresh.first, fresh.second)},
        reason=reason,
        identity_checked=identity_checked,
    )
    return actions.merge_registrants(pair=fresh, order=order, by=by)


def fresh(registrant):
    return Registrant.objects.get(pk=registrant.pk)


def test_the_entry_that_goes_keeps_its_number_and_is_out_of_force(pair, registrar):
    nia = pair.second.nia
    merge(pair, registrar)
    gone = fresh(pair.second)
    assert (gone.merged_into, gone.state, gone.nia) == (pair.first, RegistrantState.STRUCK_OFF, nia)
    assert list(Registrant.objects.visible_to(registrar)) == [pair.first]
    assert list(Registrant.objects.registered()) == [pair.first]
    assert Registrant.objects.by_sign_in_name(nia) is None
    assert set(Registrant.objects.known_to(registrar)) == {pair.first, pair.second}
    assert DuplicatePair.objects.get().state == PairState.MERGED


def test_what_is_chosen_is_taken_from_the_other(pair, registrar):
    first, second = pair.first, pair.second
    second.photograph.save("p.jpg", picture(seed=1), save=True)
    merge(pair, registrar, taken={"phone", "national_id", "photograph", "name_latin", "qualifications"})
    kept = fresh(first)
    assert (kept.phone, kept.national_id) == (second.phone, second.national_id)
    assert kept.family_name_latin == "El Ansari"
    assert kept.family_name_ar == "الأنصاري"
    assert kept.photograph_hash == second.photograph_hash
    assert kept.photograph.name != second.photograph.name
    assert Flag.PHOTOGRAPH_MISSING not in kept.flags


def test_both_histories_say_so(pair, registrar):
    merge(pair, registrar, taken={"phone"})
    into = AuditEvent.objects.get(action="registry.registrant.merged")
    away = AuditEvent.objects.get(action="registry.registrant.merged_away")
    assert (into.subject_id, away.subject_id) == (str(pair.first_id), str(pair.second_id))
    assert into.before == {"phone": pair.first.phone}
    assert into.after == {"phone": pair.second.phone, "other_entry": pair.second.nia}
    assert (into.reason, into.actor_id) == ("شخص واحد", str(registrar.pk))
    assert away.after["state"] == RegistrantState.STRUCK_OFF


def test_the_account_goes_along_or_is_closed(pair, registrar):
    account = actions.account_for(pair.second)
    merge(pair, registrar)
    assert fresh(pair.first).user == account
    other = make_pair(fresh(pair.first), RegistrantFactory())
    second_account = actions.account_for(other.second)
    merge(other, registrar)
    second_account.refresh_from_db()
    assert not second_account.is_active
    assert fresh(pair.first).user == account


def test_supervised_enterprises_go_along_and_come_back(pair, registrar):
    enterprise = RegistrantFactory(
        kind=Kind.ENTERPRISE,
        supervisor=pair.second,
        organisation_name_ar="مقاولة",
        organisation_name_latin="Entreprise",
    )
    done = merge(pair, registrar)
    assert fresh(enterprise).supervisor == pair.first
    actions.undo_merge(merge=done, reason="خطأ", by=registrar)
    assert fresh(enterprise).supervisor == pair.second


def test_documents_of_the_entry_that_went_count(pair, registrar):
    for kind in ("identity", "qualification"):
        pair.second.documents.create(kind=kind, content_type="image/jpeg", uploaded_by=registrar)
    merge(pair, registrar)
    assert Flag.DOCUMENT_MISSING not in fresh(pair.first).flags


def test_the_card_of_the_entry_that_went_is_stopped(pair, registrar, django_capture_on_commit_callbacks):
    card = CardFactory(registrant=pair.second, state=CardState.HANDED_OVER)
    with django_capture_on_commit_callbacks(execute=True):
        merge(pair, registrar)
    card.refresh_from_db()
    assert card.state == CardState.REVOKED
    assert by_serial(card.serial).outcome == CheckOutcome.REVOKED


def test_a_card_still_in_its_batch_is_cancelled(pair, registrar, django_capture_on_commit_callbacks):
    card = CardFactory(registrant=pair.second, state=CardState.IN_BATCH)
    with django_capture_on_commit_callbacks(execute=True):
        merge(pair, registrar)
    card.refresh_from_db()
    assert card.state == CardState.CANCELLED


def test_the_card_answers_revoked_even_before_it_is_stopped(pair, registrar):
    card = CardFactory(registrant=pair.second, state=CardState.HANDED_OVER)
    merge(pair, registrar)
    assert by_serial(card.serial).outcome == CheckOutcome.REVOKED


def test_an_application_of_the_entry_that_went_is_set_aside(registrar, in_english):
    person = RegistrantFactory(family_name_ar="الأنصاري")
    candidate = RegistrantFactory(family_name_ar="الأنصاري", candidate=True)
    application = ApplicationFactory(registrant=candidate)
    merge(make_pair(person, candidate), registrar)
    assert not Application.objects.visible_to(registrar).exists()
    with pytest.raises(ActionRefused, match="merged into another"):
        actions.approve_application(application=application, by=UserFactory(roles=[Role.REGIONAL_DIRECTOR]))


def test_undoing_restores_both_exactly(pair, registrar):
    actions.account_for(pair.second)
    pair.first.photograph.save("p.jpg", picture(seed=2), save=True)
    pair.second.photograph.save("p.jpg", picture(seed=1), save=True)
    before = [merge_snapshot.snapshot(fresh(person)) for person in (pair.first, pair.second)]
    done = merge(pair, registrar, taken=set(merge_snapshot.CHOICES))
    assert merge_snapshot.snapshot(fresh(pair.first)) != before[0]
    undone = actions.undo_merge(merge=done, reason="خطأ", by=registrar)
    assert [merge_snapshot.snapshot(fresh(person)) for person in (pair.first, pair.second)] == before
    assert (undone.undone_by, undone.undo_reason) == (registrar, "خطأ")
    assert DuplicatePair.objects.get().state == PairState.OPEN
    assert AuditEvent.objects.filter(action="registry.registrant.unmerged").count() == 2
    assert set(Registrant.objects.visible_to(registrar)) == {pair.first, pair.second}


def test_what_was_changed_elsewhere_since_stays_changed(pair, registrar):
    done = merge(pair, registrar, taken={"phone"})
    Registrant.objects.filter(pk=pair.first_id).update(address="حي السلام")
    actions.undo_merge(merge=done, reason="خطأ", by=registrar)
    assert (fresh(pair.first).address, fresh(pair.first).phone) == ("حي السلام", pair.first.phone)


def test_undoing_is_refused_when_what_was_written_has_changed(pair, registrar, in_english):
    done = merge(pair, registrar, taken={"phone"})
    Registrant.objects.filter(pk=pair.first_id).update(phone="+212661000000")
    with pytest.raises(ActionRefused, match="changed since"):
        actions.undo_merge(merge=done, reason="خطأ", by=registrar)
    assert fresh(pair.second).merged_into == pair.first


def test_undoing_is_refused_when_the_number_is_somebody_elses_by_now(pair, registrar, in_english):
    done = merge(pair, registrar)
    RegistrantFactory(national_id=pair.second.national_id)
    with pytest.raises(ActionRefused, match="Somebody else has the identity number"):
        actions.undo_merge(merge=done, reason="خطأ", by=registrar)


def test_undoing_is_refused_after_the_chambers_days(pair, registrar, in_english):
    done = merge(pair, registrar)
    Merge.objects.update(done_at=timezone.now() - timedelta(days=31))
    with pytest.raises(ActionRefused, match="can be undone until"):
        actions.undo_merge(merge=done, reason="خطأ", by=registrar)


def test_undoing_is_done_once_and_with_a_reason(pair, registrar, in_english):
    done = merge(pair, registrar)
    with pytest.raises(ActionRefused, match="Give a reason"):
        actions.undo_merge(merge=done, reason="", by=registrar)
    actions.undo_merge(merge=done, reason="خطأ", by=registrar)
    with pytest.raises(ActionRefused, match="undone already"):
        actions.undo_merge(merge=done, reason="خطأ", by=registrar)


def test_the_last_merge_is_undone_first(pair, registrar, in_english):
    done = merge(pair, registrar)
    third = make_pair(fresh(pair.first), RegistrantFactory())
    merge(third, registrar, kept=third.second)
    with pytest.raises(ActionRefused, match="itself merged since"):
        actions.undo_merge(merge=done, reason="خطأ", by=registrar)


@pytest.mark.parametrize(
    ("first", "second", "message"),
    [
        ({"candidate": True}, {}, "registration number stays"),
        ({}, {"state": RegistrantState.SUSPENDED}, "suspended entry stays"),
        (
            {},
            {"kind": Kind.COOPERATIVE, "organisation_name_ar": "تعاونية", "organisation_name_latin": "Coop"},
            "A person and an organisation",
        ),
        ({}, {"commune": DAKHLA_COMMUNE}, "different regions"),
        ({}, {"erased_at": timezone.now()}, "has been erased"),
    ],
)
def test_what_may_not_become_one(first, second, message, registrar, in_english):
    pair = make_pair(RegistrantFactory(**first), RegistrantFactory(**second))
    with pytest.raises(ActionRefused, match=message):
        merge(pair, registrar)
    assert not Merge.objects.exists()


def test_two_identity_numbers_ask_for_the_cards_to_be_seen(pair, registrar, in_english):
    with pytest.raises(ActionRefused, match="saw both cards"):
        merge(pair, registrar, identity_checked=False)


def test_a_merge_has_a_reason_and_fresh_eyes(pair, registrar, in_english):
    with pytest.raises(ActionRefused, match="Give a reason"):
        merge(pair, registrar, reason=" ")
    order = actions.MergeOrder(pair.first_id, frozenset(), {pair.first_id: 0, pair.second_id: 1}, "سبب", True)
    with pytest.raises(ActionRefused, match="changed one of these entries"):
        actions.merge_registrants(pair=pair, order=order, by=registrar)


def test_two_who_were_declared_different_are_not_merged(pair, registrar, in_english):
    actions.declare_not_same(pair=pair, reason="أخوان", by=registrar)
    with pytest.raises(ActionRefused, match="two different people"):
        merge(pair, registrar)


def test_a_merge_is_done_once(pair, registrar, in_english):
    merge(pair, registrar)
    with pytest.raises(ActionRefused, match="merged already"):
        merge(pair, registrar)


def test_an_open_application_is_not_lost_between_two_candidates(registrar, in_english):
    one, other = RegistrantFactory(candidate=True), RegistrantFactory(candidate=True)
    ApplicationFactory(registrant=other)
    with pytest.raises(ActionRefused, match="whose application is open"):
        merge(make_pair(one, other), registrar)


def test_the_national_administration_merges_across_regions_but_moves_nobody(national, in_english):
    pair = make_pair(RegistrantFactory(), RegistrantFactory(commune=DAKHLA_COMMUNE))
    with pytest.raises(ActionRefused, match="workplace stays"):
        merge(pair, national, taken={"workplace"})
    merge(pair, national)
    assert fresh(pair.second).merged_into == pair.first


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [({"reason": ""}, "merge_has_reason"), ({"undone_at": timezone.now()}, "merge_undoing_is_signed")],
)
def test_the_database_refuses_a_merge_without_its_words(pair, registrar, changes, constraint):
    done = merge(pair, registrar)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Merge.objects.filter(pk=done.pk).update(**changes)


def test_the_database_keeps_one_standing_merge_of_an_entry_into_another(pair, registrar):
    done = merge(pair, registrar)
    values = {"kept": pair.first, "merged": pair.second, "reason": "س", "before": {}, "after": {}}
    with pytest.raises(IntegrityError, match="merge_once_at_a_time"), transaction.atomic():
        Merge.objects.create(done_by=registrar, **values)
    with pytest.raises(IntegrityError, match="merge_of_two"), transaction.atomic():
        Merge.objects.filter(pk=done.pk).update(kept=pair.second)


def test_an_open_request_or_procedure_ends_first(pair, registrar, in_english):
    director = UserFactory(roles=[Role.REGIONAL_DIRECTOR])
    ProceedingFactory(registrant=pair.second)
    with pytest.raises(ActionRefused, match="end it first"):
        merge(pair, director)


def test_memberships_go_along_and_come_back(pair, registrar):
    cooperative = RegistrantFactory(
        kind=Kind.COOPERATIVE, organisation_name_ar="تعاونية", organisation_name_latin="Coopérative"
    )
    member = cooperative.members.create(
        registrant=pair.second, name_ar="محمد", national_id=pair.second.national_id
    )
    done = merge(pair, registrar)
    member.refresh_from_db()
    assert member.registrant == pair.first
    actions.undo_merge(merge=done, reason="خطأ", by=registrar)
    member.refresh_from_db()
    assert member.registrant == pair.second


def test_nothing_more_is_done_about_the_entry_that_went(pair, registrar, in_english):
    merge(pair, registrar)
    gone = fresh(pair.second)
    with pytest.raises(ActionRefused, match="merged into another"):
        lock_for_a_procedure(gone)
    with pytest.raises(ActionRefused, match="merged into another"):
        lock_for_a_request(gone.pk)
