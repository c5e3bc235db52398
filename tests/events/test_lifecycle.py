"""Every pair of a meeting's states, allowed or refused, in the table, in the action and in the database."""

from itertools import permutations

import pytest
from django.db import IntegrityError, transaction

from core.exceptions import ActionRefused
from core.models import AuditEvent
from core.roles import ROLE_PERMISSIONS
from events.actions import move_meeting
from events.enums import MeetingGround, MeetingState
from events.lifecycle import GROUND, MEETING
from events.models import Meeting
from tests.factories.core import UserFactory
from tests.factories.events import MeetingFactory

pytestmark = pytest.mark.django_db

# Written out once more: whoever changes the table says so here as well.
MOVES = {
    ("draft", "scheduled"),
    ("draft", "cancelled"),
    ("scheduled", "announced"),
    ("scheduled", "under_way"),
    ("scheduled", "held"),
    ("scheduled", "postponed"),
    ("scheduled", "cancelled"),
    ("announced", "under_way"),
    ("announced", "held"),
    ("announced", "postponed"),
    ("announced", "cancelled"),
    ("under_way", "held"),
    ("held", "under_way"),
    ("held", "closed"),
    ("postponed", "scheduled"),
    ("postponed", "cancelled"),
}
WORDS = {"ground": MeetingGround.WEATHER, "note": "الطريق مقطوعة"}


def test_the_table_says_what_was_agreed():
    assert MEETING.pairs() == MOVES
    assert {move.name for move in MEETING.moves if move.procedure == GROUND} == {"postpone", "cancel"}
    assert all(any(move.permission in held for held in ROLE_PERMISSIONS.values()) for move in MEETING.moves)


@pytest.mark.parametrize(("source", "target"), list(permutations(MeetingState.values, 2)))
def test_the_database_holds_to_the_table(source, target):
    meeting = MeetingFactory(state=source, ground="other", ground_note="سبب")
    try:
        with transaction.atomic():
            Meeting.objects.filter(pk=meeting.pk).update(state=target)
        moved = True
    except IntegrityError as error:
        assert error.__cause__.diag.constraint_name == "meeting_state_move"
        moved = False
    assert moved == ((source, target) in MOVES)


@pytest.mark.parametrize("move", MEETING.moves, ids=lambda move: move.name)
@pytest.mark.parametrize("state", MeetingState.values)
def test_the_action_makes_the_tables_moves_and_no_others(move, state):
    meeting, director = MeetingFactory(state=state), UserFactory(roles=["regional_director"])
    words = WORDS if move.procedure else {}
    if state not in move.sources:
        with pytest.raises(ActionRefused) as refused:
            move_meeting(meeting=meeting, name=move.name, by=director, **words)
        assert str(refused.value) == str(move.refusal)
        return
    moved = move_meeting(meeting=meeting, name=move.name, by=director, **words)
    moved.refresh_from_db()
    assert (moved.state, moved.version, moved.sequence) == (move.to, 2, 1)
    row = AuditEvent.objects.get(action=f"events.meeting.{move.name}")
    assert (row.before["state"], row.after["state"]) == (state, move.to)
    assert row.reason == words.get("note", "")


@pytest.mark.parametrize(
    "words", [{}, {"ground": "weather"}, {"note": "سبب"}, {"ground": "x", "note": "سبب"}]
)
def test_nothing_is_called_off_without_a_ground_and_words(words):
    meeting = MeetingFactory()
    with pytest.raises(ActionRefused):
        move_meeting(meeting=meeting, name="cancel", by=UserFactory(), **words)
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.SCHEDULED


def test_two_clicks_are_one_move():
    meeting, director = MeetingFactory(), UserFactory()
    move_meeting(meeting=meeting, name="announce", by=director)
    with pytest.raises(ActionRefused):
        move_meeting(meeting=meeting, name="announce", by=director)
    assert AuditEvent.objects.filter(action="events.meeting.announce").count() == 1
