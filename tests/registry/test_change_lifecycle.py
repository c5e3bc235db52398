"""Every pair of states of a request, in the table and in the database, and what else is refused."""

from datetime import date
from itertools import product

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.exceptions import ActionRefused
from core.roles import ROLE_PERMISSIONS
from registry import lifecycle
from registry.enums import ChangeKind, ChangeState, RegistrantState
from registry.models import ChangeRequest
from tests.factories.changes import ChangeRequestFactory
from tests.factories.core import UserFactory
from tests.factories.registry import ground_for

pytestmark = pytest.mark.django_db

MOVES = {
    ("asked", "submitted"),
    ("submitted", "approved"),
    ("asked", "refused"),
    ("submitted", "refused"),
    ("asked", "withdrawn"),
    ("submitted", "withdrawn"),
}


def whole_request(state: str) -> ChangeRequest:
    """One whose other fields would let it stand in any state."""
    somebody = UserFactory()
    return ChangeRequestFactory(
        state=state,
        changes={"phone": {"old": "1", "new": "2"}},
        submitted_by=somebody,
        submitted_at=timezone.now(),
        decided_by=somebody,
        decided_at=timezone.now(),
        ground=ground_for("change_rejection"),
        decision_reason="سبب",
    )


@pytest.mark.parametrize(
    ("source", "to"), [(a, b) for a, b in product(ChangeState.values, repeat=2) if a != b]
)
def test_a_request_goes_where_the_table_says(source, to):
    request = whole_request(source)
    allowed = (source, to) in MOVES
    assert ((source, to) in lifecycle.CHANGE.pairs()) == allowed
    if allowed:
        ChangeRequest.objects.filter(pk=request.pk).update(state=to)
    else:
        with pytest.raises(IntegrityError, match="state_move"), transaction.atomic():
            ChangeRequest.objects.filter(pk=request.pk).update(state=to)
    request.refresh_from_db()
    assert request.state == (to if allowed else source)


@pytest.mark.parametrize("move", [move.name for move in lifecycle.CHANGE.moves])
def test_the_table_refuses_what_it_does_not_know(move):
    known = lifecycle.CHANGE.named(move)
    for state in set(ChangeState.values) - set(known.sources):
        with pytest.raises(ActionRefused):
            lifecycle.CHANGE.check(move, state)


def test_every_kind_has_its_rules_and_somebody_who_decides():
    assert set(lifecycle.CHANGE_KINDS) == set(ChangeKind)
    for rules in lifecycle.CHANGE_KINDS.values():
        assert RegistrantState.CANDIDATE not in rules.standing
        assert RegistrantState.STRUCK_OFF not in rules.standing
        assert any(rules.decides in held for held in ROLE_PERMISSIONS.values())


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("change_transfer_goes_elsewhere", {"kind": "transfer", "destination_id": None}),
        ("change_transfer_goes_elsewhere", {"kind": "transfer", "destination_id": "11"}),
        ("change_transfer_goes_elsewhere", {"kind": "renewal", "destination_id": "12"}),
        ("change_amendment_changes_something", {"changes": {}}),
        ("change_submission_is_signed", {"submitted_by": None}),
        ("change_decision_is_signed", {"state": "withdrawn", "decided_by": None}),
        ("change_refusal_has_ground_and_reason", {"state": "refused", "ground": None}),
        ("change_refusal_has_ground_and_reason", {"state": "refused", "decision_reason": ""}),
        ("change_exit_has_ground", {"kind": "exit", "state": "approved", "ground": None}),
        ("change_exit_has_ground", {"kind": "death", "state": "approved", "ground": None}),
    ],
)
def test_the_database_refuses_what_makes_no_sense(constraint, fields):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        ChangeRequestFactory(**fields)


def test_one_request_of_a_kind_is_open_at_a_time_and_closed_ones_do_not_count():
    first = ChangeRequestFactory()
    ChangeRequestFactory(registrant=first.registrant, kind=ChangeKind.EXIT)
    ChangeRequestFactory(registrant=first.registrant, state=ChangeState.REFUSED)
    with pytest.raises(IntegrityError, match="change_one_open_of_a_kind"), transaction.atomic():
        ChangeRequestFactory(registrant=first.registrant, state=ChangeState.ASKED)


def test_a_request_past_its_day_stands_out_while_it_is_open():
    late = ChangeRequestFactory(due_on=date(2026, 1, 1))
    closed = ChangeRequestFactory(due_on=date(2026, 1, 1), state=ChangeState.WITHDRAWN)
    in_time = ChangeRequestFactory()
    assert [late.is_overdue, closed.is_overdue, in_time.is_overdue] == [True, False, False]
    assert list(ChangeRequest.objects.overdue()) == [late]
