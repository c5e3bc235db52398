"""Suspension and striking off, from notice to reinstatement: what each step does and refuses."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from cards.enums import CheckOutcome
from cards.search import identify
from core.exceptions import ActionRefused
from core.models import AuditEvent, Chamber
from registry import actions
from registry.enums import DocumentKind, Flag, Kind, LetterKind, ProceedingStage, RegistrantState
from registry.models import Proceeding, RegisterRules
from registry.signals import registrant_state_changed
from tests.factories.cards import CardFactory
from tests.factories.proceedings import ProceedingFactory, director
from tests.factories.registry import RegistrantFactory, ground_for

pytestmark = pytest.mark.django_db


def notice(registrant=None, kind="suspension", by=None, **changes):
    values = {"ground": ground_for(kind), "reason": "وثيقة غير مطابقة"} | changes
    return actions.give_notice(
        registrant=registrant or RegistrantFactory(), kind=kind, by=by or director(), **values
    )


def decide(proceeding, by=None, **changes):
    values = {"ground": ground_for(proceeding.kind), "reason": "سبب القرار"} | changes
    return actions.decide_proceeding(proceeding=proceeding, by=by or director(), **values)


def received(action, proceeding, **changes):
    values = {"received_on": timezone.localdate(), "text": "هذا جوابي", "documents": ()} | changes
    return action(proceeding=proceeding, by=director(), **values)


def reply(proceeding, **changes):
    return received(actions.record_reply, proceeding, **changes)


def appeal(proceeding, **changes):
    return received(actions.record_appeal, proceeding, **changes)


def decide_appeal(proceeding, *, upheld, by=None):
    return actions.decide_appeal(
        proceeding=proceeding, upheld=upheld, ground=ground_for("appeal"), reason="سبب", by=by or director()
    )


def reinstate(registrant, **changes):
    values = {"ground": ground_for("reinstatement"), "reason": "زال السبب"} | changes
    return actions.reinstate(registrant=registrant, by=director(), **values)


def trail(registrant):
    return list(AuditEvent.objects.about(registrant).order_by("id").values_list("action", flat=True))


def scan(kind=DocumentKind.OTHER):
    return actions.ScannedDocument(kind, ContentFile(b"x", name="x.jpg"), "image/jpeg")


def test_the_whole_way_is_on_record():
    registrant = RegistrantFactory()
    proceeding = notice(registrant, "striking_off")
    reply(proceeding, documents=[scan()])
    decide(proceeding)
    appeal(proceeding)
    decide_appeal(proceeding, upheld=False)
    registrant.refresh_from_db()
    assert registrant.state == RegistrantState.STRUCK_OFF
    reinstate(registrant)
    registrant.refresh_from_db()
    proceeding.refresh_from_db()
    assert registrant.state == RegistrantState.REINSTATED
    assert (proceeding.stage, proceeding.ended_on) == (ProceedingStage.LIFTED, timezone.localdate())
    assert trail(registrant) == [
        "registry.proceeding.notified",
        "registry.proceeding.replied",
        "registry.registrant.struck_off",
        "registry.proceeding.decided",
        "registry.proceeding.appealed",
        "registry.proceeding.confirmed",
        "registry.registrant.reinstated",
    ]
    kinds = list(registrant.letters.order_by("id").values_list("kind", flat=True))
    assert kinds == ["notice", "striking_off", "appeal", "reinstatement"]


def test_a_notice_counts_the_time_to_reply_from_the_chambers_rules_and_changes_nothing_yet():
    RegisterRules.objects.create(region_id="11", days_to_reply=8)
    proceeding = notice()
    RegisterRules.objects.update(days_to_reply=1)
    proceeding.refresh_from_db()
    assert proceeding.reply_until == timezone.localdate() + timedelta(days=8)
    assert proceeding.registrant.state == RegistrantState.REGISTERED


@pytest.mark.parametrize("state", [RegistrantState.CANDIDATE, RegistrantState.STRUCK_OFF])
def test_no_notice_to_who_is_not_on_the_register(state, in_english):
    registrant = RegistrantFactory(candidate=state == "candidate", state=state)
    with pytest.raises(ActionRefused, match="not on the register"):
        notice(registrant, "striking_off")


def test_a_suspended_person_may_be_struck_off_but_not_suspended_again(in_english):
    registrant = RegistrantFactory(state=RegistrantState.SUSPENDED)
    with pytest.raises(ActionRefused, match="not on the register"):
        notice(registrant, "suspension")
    assert notice(registrant, "striking_off").stage == ProceedingStage.NOTIFIED


@pytest.mark.parametrize(
    "stage", [ProceedingStage.NOTIFIED, ProceedingStage.REPLIED, ProceedingStage.APPEALED]
)
def test_one_open_proceeding_a_person(stage, in_english):
    proceeding = ProceedingFactory(stage=stage)
    with pytest.raises(ActionRefused, match="open already"):
        notice(proceeding.registrant, "striking_off")


def test_no_new_notice_while_the_last_decision_may_be_appealed(in_english):
    recent = ProceedingFactory(stage=ProceedingStage.DECIDED)
    with pytest.raises(ActionRefused, match="may be appealed until"):
        notice(recent.registrant, "striking_off")
    old = ProceedingFactory(stage=ProceedingStage.DECIDED, age=40)
    assert notice(old.registrant, "striking_off").is_open


@pytest.mark.parametrize("changes", [{"ground": None}, {"reason": " \u200f"}])
def test_a_notice_and_a_decision_have_a_ground_and_a_reason(changes):
    with pytest.raises(ActionRefused):
        notice(**changes)
    proceeding = ProceedingFactory(stage=ProceedingStage.REPLIED)
    with pytest.raises(ActionRefused):
        decide(proceeding, **changes)
    with pytest.raises(ActionRefused):
        decide(proceeding, ground=ground_for("striking_off"))


def test_no_decision_before_the_reply_or_the_end_of_its_time(in_english):
    running = ProceedingFactory(age=15)
    with pytest.raises(ActionRefused, match="may reply until"):
        decide(running)
    assert decide(ProceedingFactory(age=16)).stage == ProceedingStage.DECIDED
    assert decide(reply(running)).stage == ProceedingStage.DECIDED


def test_who_gave_the_notice_does_not_decide_unless_the_chamber_says_so(in_english):
    proceeding = ProceedingFactory(stage=ProceedingStage.REPLIED)
    with pytest.raises(ActionRefused, match="You gave the notice"):
        decide(proceeding, by=proceeding.notice_by)
    Chamber.objects.filter(region_id="11").update(separate_maker_and_checker=False)
    assert decide(proceeding, by=proceeding.notice_by).stage == ProceedingStage.DECIDED


def test_who_decided_does_not_decide_on_the_appeal(in_english):
    proceeding = ProceedingFactory(stage=ProceedingStage.APPEALED)
    with pytest.raises(ActionRefused, match="You took this decision"):
        decide_appeal(proceeding, upheld=False, by=proceeding.decided_by)
    assert decide_appeal(proceeding, upheld=False).stage == ProceedingStage.CONFIRMED


def test_a_reply_is_kept_with_its_documents_once(in_english):
    proceeding = ProceedingFactory(age=3)
    reply(proceeding, documents=[scan(), scan()])
    assert proceeding.reply_documents.count() == proceeding.registrant.documents.count() == 2
    with pytest.raises(ActionRefused, match="has gone on"):
        reply(proceeding)


def test_a_late_reply_is_heard_until_the_decision():
    assert reply(ProceedingFactory(age=30)).stage == ProceedingStage.REPLIED


@pytest.mark.parametrize(
    "changes",
    [
        {"text": " "},
        {"received_on": timezone.localdate() + timedelta(days=1)},
        {"received_on": timezone.localdate() - timedelta(days=9)},
    ],
)
def test_a_reply_says_something_on_a_day_that_can_be(changes):
    with pytest.raises(ActionRefused):
        reply(ProceedingFactory(age=3), **changes)


def test_an_appeal_comes_in_time(in_english):
    with pytest.raises(ActionRefused, match="was possible until"):
        appeal(ProceedingFactory(stage=ProceedingStage.DECIDED, age=31))
    late_at_the_desk = ProceedingFactory(stage=ProceedingStage.DECIDED, age=31)
    in_time = timezone.localdate() - timedelta(days=2)
    assert appeal(late_at_the_desk, received_on=in_time).stage == ProceedingStage.APPEALED


def test_an_appeal_upheld_brings_the_person_back():
    proceeding = ProceedingFactory(stage=ProceedingStage.APPEALED, kind="striking_off")
    decide_appeal(proceeding, upheld=True)
    proceeding.refresh_from_db()
    assert proceeding.stage == ProceedingStage.OVERTURNED
    assert proceeding.registrant.state == RegistrantState.REINSTATED
    assert proceeding.letters.get().facts["upheld"] is True


def test_an_appeal_upheld_does_not_bring_back_who_left_meanwhile():
    proceeding = ProceedingFactory(stage=ProceedingStage.APPEALED)
    proceeding.registrant.state = RegistrantState.STRUCK_OFF
    proceeding.registrant.save()
    decide_appeal(proceeding, upheld=True)
    proceeding.registrant.refresh_from_db()
    assert proceeding.registrant.state == RegistrantState.STRUCK_OFF


def test_a_proceeding_may_be_dropped_with_a_reason():
    proceeding = ProceedingFactory()
    with pytest.raises(ActionRefused):
        actions.drop_proceeding(proceeding=proceeding, reason="", by=director())
    actions.drop_proceeding(proceeding=proceeding, reason="تبين أن الوثيقة صحيحة", by=proceeding.notice_by)
    proceeding.refresh_from_db()
    assert proceeding.stage == ProceedingStage.DROPPED
    assert proceeding.registrant.state == RegistrantState.REGISTERED
    assert proceeding.letters.get().kind == LetterKind.DROPPED


def test_reinstatement_waits_for_an_open_appeal_and_needs_somebody_off_the_register(in_english):
    with pytest.raises(ActionRefused, match="decide on it first"):
        reinstate(ProceedingFactory(stage=ProceedingStage.APPEALED).registrant)
    with pytest.raises(ActionRefused, match="is on the register"):
        reinstate(RegistrantFactory())
    with pytest.raises(ActionRefused, match="ground"):
        reinstate(RegistrantFactory(state="suspended"), ground=ground_for("suspension"))


def test_somebody_taken_over_as_suspended_can_be_reinstated():
    assert reinstate(RegistrantFactory(state="suspended")).state == RegistrantState.REINSTATED


def test_a_card_stops_with_the_suspension_and_holds_again_with_the_reinstatement():
    card = CardFactory(state="handed_over")
    proceeding = ProceedingFactory(registrant=card.registrant, stage=ProceedingStage.REPLIED)
    assert identify(card.token).outcome == CheckOutcome.VALID
    decide(proceeding)
    assert identify(card.token).outcome == CheckOutcome.REVOKED
    reinstate(card.registrant)
    assert identify(card.token).outcome == CheckOutcome.VALID


def test_who_follows_the_register_is_told_after_the_commit(django_capture_on_commit_callbacks):
    told = []

    def listen(registrant, **kwargs):
        told.append(registrant.state)

    registrant_state_changed.connect(listen)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            decide(ProceedingFactory(stage=ProceedingStage.REPLIED))
            assert told == []
    finally:
        registrant_state_changed.disconnect(listen)
    assert told == [RegistrantState.SUSPENDED]


def test_an_enterprise_is_flagged_while_its_supervisor_is_off_the_register():
    supervisor = RegistrantFactory()
    enterprise = RegistrantFactory(
        kind=Kind.ENTERPRISE,
        organisation_name_ar="مقاولة",
        organisation_name_latin="Entreprise",
        supervisor=supervisor,
    )
    decide(ProceedingFactory(registrant=supervisor, stage=ProceedingStage.REPLIED))
    enterprise.refresh_from_db()
    assert Flag.SUPERVISOR_LOST in enterprise.flags
    reinstate(supervisor)
    enterprise.refresh_from_db()
    assert Flag.SUPERVISOR_LOST not in enterprise.flags


@pytest.mark.parametrize(
    ("constraint", "stage", "change"),
    [
        ("proceeding_notice_has_reason", "notified", {"notice_reason": ""}),
        ("proceeding_reply_has_time", "notified", {"reply_until": timezone.localdate() - timedelta(days=1)}),
        ("proceeding_reply_is_dated", "notified", {"stage": "replied"}),
        ("proceeding_decided_after_hearing", "decided", {"replied_on": None}),
        ("proceeding_decision_is_whole", "decided", {"decision_reason": ""}),
        ("proceeding_decision_is_whole", "decided", {"ground": None}),
        ("proceeding_appeal_in_time", "appealed", {"appealed_on": timezone.localdate() + timedelta(days=31)}),
        ("proceeding_appeal_decision_is_whole", "confirmed", {"appeal_reason": ""}),
        ("proceeding_state_move", "notified", {"stage": "lifted"}),
    ],
)
def test_the_database_holds_to_what_people_may_rely_on(constraint, stage, change):
    proceeding = ProceedingFactory(stage=stage)
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        Proceeding.objects.filter(pk=proceeding.pk).update(**change)
    assert error.value.__cause__.diag.constraint_name == constraint


def test_the_database_keeps_one_open_proceeding_a_person():
    proceeding = ProceedingFactory()
    with pytest.raises(IntegrityError, match="proceeding_one_open"), transaction.atomic():
        ProceedingFactory(registrant=proceeding.registrant, kind="striking_off")
