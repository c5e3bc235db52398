"""Two hands on one person's standing at the same moment, on real transactions."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections
from django.utils import timezone

from core.exceptions import ActionRefused
from core.models import AuditEvent
from registry import actions
from registry.models import Letter, Proceeding
from tests.factories.proceedings import ProceedingFactory, director
from tests.factories.registry import RegistrantFactory, ground_for

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*tasks):
    together = Barrier(len(tasks))

    def run(task):
        together.wait()
        try:
            return task()
        except ActionRefused as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(run, tasks))


def refused(results):
    return sum(isinstance(result, ActionRefused) for result in results)


def test_two_notices_at_once_are_one():
    registrant = RegistrantFactory()
    people = [director() for _ in range(4)]
    kinds = ["suspension", "striking_off"] * 2
    grounds = {kind: ground_for(kind) for kind in kinds}
    results = at_once(
        *(
            lambda kind=kind, by=by: actions.give_notice(
                registrant=registrant, kind=kind, ground=grounds[kind], reason="سبب", by=by
            )
            for kind, by in zip(kinds, people, strict=True)
        )
    )
    assert refused(results) == 3
    assert Proceeding.objects.count() == Letter.objects.count() == 1


def test_two_decisions_at_once_are_one():
    proceeding = ProceedingFactory(stage="replied")
    ground = ground_for("suspension")
    results = at_once(
        *(
            lambda by=by: actions.decide_proceeding(proceeding=proceeding, ground=ground, reason="سبب", by=by)
            for by in (director(), director())
        )
    )
    assert refused(results) == 1
    assert AuditEvent.objects.filter(action="registry.registrant.suspended").count() == 1
    assert Letter.objects.count() == 1


def test_a_decision_and_a_dropping_at_once_leave_one_outcome():
    proceeding = ProceedingFactory(stage="replied")
    ground, one, other = ground_for("suspension"), director(), director()
    results = at_once(
        lambda: actions.decide_proceeding(proceeding=proceeding, ground=ground, reason="سبب", by=one),
        lambda: actions.drop_proceeding(proceeding=proceeding, reason="سبب", by=other),
    )
    assert refused(results) == 1
    proceeding.refresh_from_db()
    suspended = proceeding.registrant.state == "suspended"
    assert suspended == (proceeding.stage == "decided")


def test_an_appeal_and_a_reinstatement_at_once_do_not_both_go_through():
    proceeding = ProceedingFactory(stage="decided")
    ground, by = ground_for("reinstatement"), director()
    results = at_once(
        lambda: actions.record_appeal(
            proceeding=proceeding, received_on=timezone.localdate(), text="طعن", documents=(), by=by
        ),
        lambda: actions.reinstate(registrant=proceeding.registrant, ground=ground, reason="سبب", by=by),
    )
    assert refused(results) == 1


def test_letters_of_one_chamber_written_at_once_have_numbers_of_their_own():
    proceedings = [ProceedingFactory() for _ in range(6)]
    by = director()
    at_once(
        *(lambda one=one: actions.drop_proceeding(proceeding=one, reason="سبب", by=by) for one in proceedings)
    )
    assert sorted(Letter.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6]
