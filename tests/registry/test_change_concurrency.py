"""Two people at the same request at the same moment, on real transactions and real threads."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from core.exceptions import ActionRefused
from core.models import AuditEvent
from registry import actions
from registry.enums import ChangeKind, ChangeState
from registry.models import ChangeRequest, Registrant
from tests.factories.changes import ChangeRequestFactory
from tests.factories.core import UserFactory
from tests.factories.registry import RegistrantFactory, ground_for

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*tasks):
    """Run the tasks in as many threads, started together; what each returned, or the refusal it met."""
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


def test_two_who_accept_at_once_accept_once():
    request = ChangeRequestFactory()
    deciders = [UserFactory() for _ in range(4)]
    done = at_once(*(lambda by=by: actions.approve_change(request=request, by=by) for by in deciders))
    assert sum(isinstance(one, ChangeRequest) for one in done) == 1
    person = Registrant.objects.get(pk=request.registrant_id)
    assert (person.phone, person.version) == ("+212661999999", 2)
    assert AuditEvent.objects.filter(action="registry.amendment.approved").count() == 1


def test_one_who_accepts_and_one_who_refuses_leave_one_decision():
    request = ChangeRequestFactory()
    one, other = UserFactory(), UserFactory()
    ground = ground_for("change_rejection")
    at_once(
        lambda: actions.approve_change(request=request, by=one),
        lambda: actions.refuse_change(request=request, ground=ground, reason="سبب", by=other),
    )
    request.refresh_from_db()
    person = Registrant.objects.get(pk=request.registrant_id)
    assert (person.phone == "+212661999999") == (request.state == ChangeState.APPROVED)
    assert AuditEvent.objects.filter(action__startswith="registry.amendment.").count() == 1


def test_a_form_sent_twice_at_once_is_one_request():
    person, registrar = RegistrantFactory(), UserFactory()
    done = at_once(
        *(
            lambda: actions.enter_amendment(
                registrant=person, wanted={"address": "حي السلام"}, version=1, by=registrar
            )
            for _ in range(4)
        )
    )
    assert sum(isinstance(one, ChangeRequest) for one in done) == 1
    assert ChangeRequest.objects.count() == 1


def test_an_exit_and_an_amendment_decided_at_once_do_not_wait_for_each_other_for_ever():
    person = RegistrantFactory()
    amendment = ChangeRequestFactory(registrant=person)
    leaving = ChangeRequestFactory(registrant=person, kind=ChangeKind.EXIT)
    one, other = UserFactory(), UserFactory()
    at_once(
        lambda: actions.approve_change(request=amendment, by=one),
        lambda: actions.approve_change(request=leaving, ground=ground_for("exit"), by=other),
    )
    amendment.refresh_from_db()
    leaving.refresh_from_db()
    assert leaving.state == ChangeState.APPROVED
    assert amendment.state in {ChangeState.APPROVED, ChangeState.WITHDRAWN}
