"""Every pair of states, allowed or refused, in the three tables and in the database, which say the same."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cards.enums import STOP_STATES, BatchState, CardKind, CardState, RequestState
from cards.lifecycle import BATCH, CARD, REQUEST
from cards.models import Card, CardBatch, CardRequest
from cards.moving import ACTIONS
from core import audit_labels
from core.roles import ROLE_PERMISSIONS, Role
from tests.factories.cards import CardBatchFactory, CardFactory, CardRequestFactory, card_ground
from tests.factories.core import UserFactory
from tests.registry.test_lifecycle import database_allows, pairs_of, table_allows

pytestmark = pytest.mark.django_db

# Written out once more: whoever changes a table says so here as well.
CARD_MOVES = {
    ("in_batch", "printed"),
    ("in_batch", "cancelled"),
    ("printed", "in_batch"),
    ("printed", "checked"),
    ("checked", "in_batch"),
    ("checked", "in_box"),
    ("in_box", "handed_over"),
    ("handed_over", "in_box"),
    ("handed_over", "renewed"),
    ("renewed", "handed_over"),
} | {
    (source, str(stop))
    for source in ("printed", "checked", "in_box", "handed_over")
    for stop in ("lost", "stolen", "damaged", "replaced", "revoked")
}
REQUEST_MOVES = {
    ("requested", "approved"),
    ("requested", "refused"),
    ("requested", "withdrawn"),
    ("approved", "refused"),
    ("approved", "withdrawn"),
    ("approved", "batched"),
    ("batched", "approved"),
}
BATCH_MOVES = {
    ("composing", "queued"),
    ("composing", "held"),
    ("held", "queued"),
    ("queued", "running"),
    ("running", "made"),
    ("made", "running"),
    ("made", "closed"),
} | {(source, "cancelled") for source in ("composing", "held", "queued", "running", "made")}


@pytest.mark.parametrize(("source", "to"), pairs_of(CardState))
def test_a_card_goes_where_the_table_says(source, to):
    card = CardFactory(state=source)

    def by_hand():
        Card.objects.filter(pk=card.pk).update(state=to, stopped_at=timezone.now(), stop_reason="x")

    expected = (source, to) in CARD_MOVES
    assert table_allows(CARD, source, to) == expected
    assert ((source, to) in CARD.pairs()) == expected
    assert database_allows(by_hand) == expected


@pytest.mark.parametrize(("source", "to"), pairs_of(RequestState))
def test_a_request_goes_where_the_table_says(source, to):
    card = CardFactory(state=CardState.CANCELLED)
    request = a_request(source, card)

    def by_hand():
        CardRequest.objects.filter(pk=request.pk).update(
            state=to, card=card if to == RequestState.BATCHED else None
        )

    expected = (source, to) in REQUEST_MOVES
    assert table_allows(REQUEST, source, to) == expected
    assert ((source, to) in REQUEST.pairs()) == expected
    assert database_allows(by_hand) == expected


@pytest.mark.parametrize(("source", "to"), pairs_of(BatchState))
def test_a_batch_goes_where_the_table_says(source, to):
    officer = UserFactory(roles=(Role.CARD_OFFICER,))
    # Its other fields would let it stand in any state.
    closed = {"blanks_left": 0, "closed_at": timezone.now(), "closed_by": officer}
    composing = {"chosen": [1], "cards_per_box": 200}

    def filed(state) -> str:
        return "" if state == BatchState.CANCELLED else "batches/x.pdf"

    batch = CardBatchFactory(state=source, file=filed(source), created_by=officer, **closed, **composing)

    def by_hand():
        CardBatch.objects.filter(pk=batch.pk).update(state=to, file=filed(to))

    expected = (source, to) in BATCH_MOVES
    assert table_allows(BATCH, source, to) == expected
    assert ((source, to) in BATCH.pairs()) == expected
    assert database_allows(by_hand) == expected


@pytest.mark.parametrize("state", CardState.values)
def test_a_card_may_be_saved_as_it_is(state):
    card = CardFactory(state=state)
    card.save()
    assert Card.objects.get(pk=card.pk).state == state


@pytest.mark.parametrize("table", [CARD, REQUEST, BATCH])
def test_the_tables_are_whole(table):
    """Names are unique, every move changes something, and somebody may make it."""
    names = [move.name for move in table.moves]
    assert len(names) == len(set(names))
    for move in table.moves:
        assert move.to not in move.sources
        assert any(move.permission in held for held in ROLE_PERMISSIONS.values())


def test_what_stops_a_card_has_a_ground_and_every_move_a_name_in_the_trail():
    assert {move.to for move in CARD.moves if move.procedure} == set(STOP_STATES)
    assert {move.name for move in CARD.moves} == set(ACTIONS)
    for action in ACTIONS.values():
        assert audit_labels.label_of(action) != action


def violated(write) -> str:
    """The name of the constraint that refuses this."""
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        write()
    return refused.value.__cause__.diag.constraint_name


def test_a_person_has_one_live_card_and_beside_it_one_renewal():
    held = CardFactory(state=CardState.HANDED_OVER)
    same = {"registrant": held.registrant}
    for state in (CardState.HANDED_OVER, CardState.IN_BATCH, CardState.IN_BOX):
        assert violated(lambda: CardFactory(state=state, **same)) == "card_one_live_a_registrant"  # noqa: B023
    renewal = CardFactory(state=CardState.IN_BATCH, kind=CardKind.RENEWAL, predecessor=held, **same)
    another = {"kind": CardKind.RENEWAL, "predecessor": renewal, "state": CardState.IN_BOX, **same}
    assert violated(lambda: CardFactory(**another)) == "card_one_coming_a_registrant"


def test_a_renewal_that_is_handed_over_beside_the_old_card_is_refused():
    held = CardFactory(state=CardState.HANDED_OVER)
    renewal = CardFactory(registrant=held.registrant, kind=CardKind.RENEWAL, predecessor=held)
    given = Card.objects.filter(pk=renewal.pk)
    assert violated(lambda: given.update(state=CardState.HANDED_OVER)) == "card_one_live_a_registrant"


def test_a_card_is_succeeded_once_and_a_successor_names_it():
    old = CardFactory(state=CardState.LOST)
    same = {"registrant": old.registrant, "kind": CardKind.REPLACEMENT}
    CardFactory(predecessor=old, state=CardState.CANCELLED, **same)
    CardFactory(predecessor=old, state=CardState.LOST, **same)
    assert violated(lambda: CardFactory(predecessor=old, **same)) == "card_one_successor"
    assert violated(lambda: CardFactory(**same)) == "card_kind_goes_with_predecessor"


def test_a_stop_has_a_ground_or_a_reason_and_a_date():
    cards = Card.objects.filter(pk=CardFactory().pk)
    now = timezone.now()
    bare = {"state": CardState.LOST, "stopped_at": now}
    assert violated(lambda: cards.update(**bare)) == "card_stop_has_ground"
    assert violated(lambda: cards.update(state=CardState.LOST, stop_reason="x")) == "card_stop_is_dated"
    assert cards.update(stop_ground=card_ground("lost"), **bare) == 1


def test_a_person_has_one_open_request():
    first = CardRequestFactory()
    again = {"registrant": first.registrant}
    assert violated(lambda: CardRequestFactory(**again)) == "card_request_one_open_a_registrant"
    assert CardRequestFactory(state=RequestState.WITHDRAWN, **again).pk


def test_what_a_request_must_hold_in_each_state():
    requests = CardRequest.objects.filter(pk=CardRequestFactory().pk)
    decided = {"decided_by": requests.get().requested_by, "decided_at": timezone.now()}
    assert violated(lambda: requests.update(state="approved")) == "card_request_decision_has_author"
    assert violated(lambda: requests.update(state="refused", **decided)) == "card_request_refusal_has_ground"
    assert violated(lambda: requests.update(kind="renewal")) == "card_request_kind_goes_with_predecessor"
    requests.update(state="approved", **decided)
    assert violated(lambda: requests.update(state="batched")) == "card_request_batched_has_card"


def a_request(state: str, card: Card) -> CardRequest:
    """One in this state whose other fields would let it stand in any state."""
    officer = card.batch.created_by
    return CardRequestFactory(
        state=state,
        registrant=card.registrant,
        requested_by=officer,
        decided_by=officer,
        decided_at=timezone.now(),
        ground=card_ground("other", "card_refusal"),
        reason="سبب",
        card=card if state == RequestState.BATCHED else None,
    )
