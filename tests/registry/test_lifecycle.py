"""Every pair of states, allowed or refused, in the table and in the database: the two may not drift apart."""

from itertools import product

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.exceptions import ActionRefused
from core.roles import ROLE_PERMISSIONS
from registry import lifecycle
from registry.enums import ApplicationState, GroundProcedure, ProceedingStage, RegistrantState
from registry.models import Application, Proceeding, Registrant
from tests.factories.core import UserFactory
from tests.factories.proceedings import ProceedingFactory
from tests.factories.registry import ApplicationFactory, RegistrantFactory, ground_for

pytestmark = pytest.mark.django_db

# Written out once more: whoever changes the table says so here as well.
APPLICATION_MOVES = {
    ("draft", "submitted"),
    ("to_correct", "submitted"),
    ("submitted", "to_correct"),
    ("submitted", "approved"),
    ("submitted", "rejected"),
}
REGISTRANT_MOVES = {
    ("candidate", "registered"),
    ("registered", "suspended"),
    ("registered", "struck_off"),
    ("suspended", "struck_off"),
    ("suspended", "reinstated"),
    ("struck_off", "reinstated"),
    ("reinstated", "suspended"),
    ("reinstated", "struck_off"),
}

PROCEEDING_MOVES = {
    ("notified", "replied"),
    ("notified", "dropped"),
    ("notified", "decided"),
    ("replied", "dropped"),
    ("replied", "decided"),
    ("decided", "appealed"),
    ("decided", "lifted"),
    ("appealed", "confirmed"),
    ("appealed", "overturned"),
    ("confirmed", "lifted"),
}

# What a proceeding needs to stand at any stage.
WHOLE = (
    "replied_on",
    "decided_on",
    "ground",
    "decision_reason",
    "appeal_until",
    "appealed_on",
    "appeal_decided_on",
    "appeal_ground",
    "appeal_reason",
)


def pairs_of(states):
    return [(one, other) for one, other in product(states.values, repeat=2) if one != other]


def an_application(state: str) -> Application:
    """One in this state whose other fields would let it stand in any state."""
    return ApplicationFactory(
        state=state,
        ground=ground_for("return"),
        decision_reason="سبب",
        decided_by=UserFactory(),
        decided_at=timezone.now(),
    )


def table_allows(table, source: str, to: str) -> bool:
    allowed = False
    for move in table.moves:
        if move.to != to:
            continue
        try:
            allowed = table.check(move.name, source) == move or allowed
        except ActionRefused as refusal:
            assert str(refusal)
    return allowed


def database_allows(write) -> bool:
    try:
        with transaction.atomic():
            write()
    except IntegrityError as error:
        assert "state_move" in str(error)
        return False
    return True


@pytest.mark.parametrize(("source", "to"), pairs_of(ApplicationState))
def test_an_application_goes_where_the_table_says(source, to):
    application = an_application(source)

    def by_hand():
        Application.objects.filter(pk=application.pk).update(state=to)

    expected = (source, to) in APPLICATION_MOVES
    assert table_allows(lifecycle.APPLICATION, source, to) == expected
    assert ((source, to) in lifecycle.APPLICATION.pairs()) == expected
    assert database_allows(by_hand) == expected


@pytest.mark.parametrize(("source", "to"), pairs_of(RegistrantState))
def test_an_entry_goes_where_the_table_says(source, to):
    registrant = RegistrantFactory(candidate=source == "candidate", state=source)
    number = {"nia": None, "registered_on": None} if to == "candidate" else {}
    if source == "candidate":
        number = {"nia": "11-800000-1", "registered_on": timezone.localdate()}

    def by_hand():
        Registrant.objects.filter(pk=registrant.pk).update(state=to, **number)

    expected = (source, to) in REGISTRANT_MOVES
    assert table_allows(lifecycle.REGISTRANT, source, to) == expected
    assert ((source, to) in lifecycle.REGISTRANT.pairs()) == expected
    assert database_allows(by_hand) == expected


@pytest.mark.parametrize(("source", "to"), pairs_of(ProceedingStage))
def test_a_proceeding_goes_where_the_table_says(source, to):
    proceeding = ProceedingFactory(stage=source)
    whole = ProceedingFactory.build(stage="confirmed", registrant=proceeding.registrant)
    fields = {name: getattr(whole, name) for name in WHOLE}

    def by_hand():
        Proceeding.objects.filter(pk=proceeding.pk).update(
            stage=to, decided_by=proceeding.notice_by, appeal_decided_by=proceeding.notice_by, **fields
        )

    expected = (source, to) in PROCEEDING_MOVES
    assert table_allows(lifecycle.PROCEEDING, source, to) == expected
    assert ((source, to) in lifecycle.PROCEEDING.pairs()) == expected
    assert database_allows(by_hand) == expected


@pytest.mark.parametrize("state", RegistrantState.values)
def test_an_entry_may_be_inserted_in_any_state_and_saved_as_it_is(state):
    registrant = RegistrantFactory(candidate=state == "candidate", state=state)
    registrant.address = "حي"
    registrant.save()
    assert Registrant.objects.get(pk=registrant.pk).state == state


@pytest.mark.parametrize("state", ApplicationState.values)
def test_an_application_may_be_inserted_in_any_state_and_saved_as_it_is(state):
    application = an_application(state)
    application.save()
    assert Application.objects.get(pk=application.pk).state == state


@pytest.mark.parametrize("table", [lifecycle.APPLICATION, lifecycle.REGISTRANT, lifecycle.PROCEEDING])
def test_the_table_is_whole(table):
    """Names are unique, every move changes something, and somebody may make it."""
    names = [move.name for move in table.moves]
    assert len(names) == len(set(names))
    for move in table.moves:
        assert move.to not in move.sources
        assert any(move.permission in held for held in ROLE_PERMISSIONS.values())


def test_every_ground_list_of_the_tables_has_working_grounds():
    asked = {
        move.procedure
        for table in (lifecycle.APPLICATION, lifecycle.REGISTRANT)
        for move in table.moves
        if move.procedure
    }
    assert asked <= set(GroundProcedure)
    for procedure in GroundProcedure:
        assert ground_for(procedure).is_official is False


def test_what_takes_somebody_off_the_register_or_back_has_a_ground():
    grounded = {move.name for move in lifecycle.REGISTRANT.moves if move.procedure}
    assert grounded == {"suspend", "strike_off", "exit", "uphold_appeal", "reinstate"}
