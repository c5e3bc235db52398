"""Two people at one batch in the same moment: cancelled, printed, closed, a card left out of it."""

import threading

import django_rq
import pytest
from django.db import connection, transaction
from django.utils import translation

from cards import batches
from cards.actions import (
    cancel_batch,
    close_batch,
    correct_print,
    count_blanks,
    leave_out,
    record_prints,
    refresh_card,
    release_batch,
    retry_batch,
    stop_card,
)
from cards.enums import BatchState, CardState, PrintedBy, PrintOutcome, RequestState
from cards.models import BatchFile, Card, CardBatch, CardRequest
from core.exceptions import ActionRefused
from core.models import AuditEvent
from core.roles import Role
from registry.enums import CardStanding
from registry.models import Registrant
from tests.at_once import at_once
from tests.factories.cards import CardBatchFactory, card_ground, new_batch
from tests.factories.core import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)

# Threads meet anew in each round: a race that is lost once in ten is seen.
ROUNDS = 4
GOOD, SPOILED = PrintOutcome.GOOD, PrintOutcome.SPOILED


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield
    django_rq.get_queue("default").empty()


@pytest.fixture
def officers():
    return UserFactory.create_batch(2, roles=(Role.CARD_OFFICER,))


def made_batch(officer, size=3) -> CardBatch:
    batch = new_batch(size, by=officer)
    batches.make_batch(batch.pk)
    return count_blanks(batch=batch, count=size + 2, by=officer)


def cancel(batch, officer):
    return lambda: cancel_batch(batch=batch, reason="Wrong list", by=officer)


def enter(batch, officer, *prints):
    return lambda: record_prints(batch=batch, prints=prints, how=PrintedBy.NUMBER, by=officer)


def refusals(answers) -> int:
    return sum(isinstance(answer, ActionRefused) for answer in answers)


def states(batch) -> list[str]:
    return list(batch.cards.order_by("position").values_list("state", flat=True))


def assert_cancelled_whole(batch) -> None:
    """Every card void, every request standing again, nobody waiting for a card, and told once."""
    batch.refresh_from_db()
    assert (batch.state, batch.good, batch.file.name) == (BatchState.CANCELLED, 0, "")
    assert set(states(batch)) == {CardState.CANCELLED}
    people = batch.cards.values("registrant")
    asked = CardRequest.objects.filter(registrant__in=people)
    assert set(asked.values_list("state", "card")) == {(RequestState.APPROVED, None)}
    standing = Registrant.objects.filter(pk__in=people).values_list("card_standing", flat=True)
    assert set(standing) == {CardStanding.NONE}
    assert AuditEvent.objects.about(batch).filter(action="cards.batch.cancelled").count() == 1
    for card in batch.cards.all():
        assert AuditEvent.objects.about(card).filter(action="cards.card.left_out").count() == 1


def test_cancelled_by_two_is_cancelled_once(officers):
    for _round in range(ROUNDS):
        batch = made_batch(officers[0])
        answers = at_once(*(cancel(batch, officer) for officer in officers))
        assert refusals(answers) == 1
        assert_cancelled_whole(batch)
        batch.refresh_from_db()
        assert batch.blanks_left == batch.blanks_in


def test_cancelled_by_two_before_it_is_composed(officers, settings):
    settings.CARDS_COMPOSED_AT_ONCE = 1
    for _round in range(ROUNDS):
        batch = new_batch(2, by=officers[0])
        assert batch.state == BatchState.COMPOSING
        answers = at_once(*(cancel(batch, officer) for officer in officers))
        assert refusals(answers) == 1
        batch.refresh_from_db()
        assert (batch.state, batch.cards.count()) == (BatchState.CANCELLED, 0)


def test_cancelled_while_a_card_is_counted_it_is_one_or_the_other(officers):
    one, two = officers
    for _round in range(ROUNDS):
        batch = made_batch(one)
        answers = at_once(cancel(batch, one), enter(batch, two, (1, GOOD), (2, GOOD), (3, SPOILED)))
        assert refusals(answers) == 1
        if isinstance(answers[1], ActionRefused):
            assert str(answers[1]) == "This batch is cancelled."
            assert_cancelled_whole(batch)
        else:
            batch.refresh_from_db()
            assert (batch.state, batch.good, batch.spoiled) == (BatchState.MADE, 2, 1)
            assert states(batch) == [CardState.PRINTED, CardState.PRINTED, CardState.IN_BATCH]


def test_a_spoiled_blank_counted_beside_a_cancelling_is_never_lost(officers):
    one, two = officers
    for _round in range(ROUNDS):
        batch = made_batch(one)
        answers = at_once(cancel(batch, one), enter(batch, two, (3, SPOILED)))
        batch.refresh_from_db()
        spoiled = int(not isinstance(answers[1], ActionRefused))
        assert batch.spoiled == spoiled
        if batch.state == BatchState.CANCELLED:
            assert_cancelled_whole(batch)
            assert batch.blanks_in == batch.spoiled + batch.blanks_left


def test_cancelled_while_another_closes_it(officers):
    """Every card left out: nothing is printed, so that both may be asked for."""
    one, two = officers
    for _round in range(ROUNDS):
        batch = made_batch(one, size=1)
        leave_out(card=batch.cards.get(), reason="Moved", by=one)
        answers = at_once(cancel(batch, one), lambda batch=batch: close_batch(batch=batch, left=3, by=two))
        assert refusals(answers) == 1
        batch.refresh_from_db()
        told = AuditEvent.objects.about(batch).values_list("action", flat=True)
        assert len({"cards.batch.cancelled", "cards.batch.closed"} & set(told)) == 1
        assert batch.state == (
            BatchState.CLOSED if isinstance(answers[0], ActionRefused) else BatchState.CANCELLED
        )


def test_cancelled_while_another_leaves_a_card_out_of_it(officers):
    one, two = officers
    for _round in range(ROUNDS):
        batch = made_batch(one)
        card = batch.cards.get(position=2)
        at_once(cancel(batch, one), lambda card=card: leave_out(card=card, reason="Moved", by=two))
        assert_cancelled_whole(batch)


def test_cancelled_while_a_word_is_mended(officers):
    one, two = officers
    for _round in range(ROUNDS):
        batch = made_batch(one)
        card = batch.cards.get(position=1)
        answers = at_once(cancel(batch, one), lambda card=card: refresh_card(card=card, by=two))
        assert refusals(answers) == 1
        batch.refresh_from_db()
        assert batch.state == (
            BatchState.RUNNING if isinstance(answers[0], ActionRefused) else BatchState.CANCELLED
        )


def test_cancelled_while_a_worker_makes_it(officers):
    one, two = officers
    for _round in range(ROUNDS):
        batch = new_batch(2, by=one)
        answers = at_once(
            cancel(batch, one), cancel(batch, two), lambda batch=batch: batches.make_batch(batch.pk)
        )
        batch.refresh_from_db()
        assert batch.state in (BatchState.CANCELLED, BatchState.MADE)
        if batch.state == BatchState.CANCELLED:
            assert refusals(answers) == 1
            assert_cancelled_whole(batch)
            assert not BatchFile.objects.filter(batch=batch).exclude(state="cancelled").exists()


def test_a_failed_one_is_cancelled_by_one_while_the_other_takes_it_up_again(officers):
    one, two = officers
    for _round in range(ROUNDS):
        batch = new_batch(1, by=one)
        CardBatch.objects.filter(pk=batch.pk).update(last_error="rendering ValueError")
        answers = at_once(cancel(batch, one), lambda batch=batch: retry_batch(batch=batch, by=two))
        assert refusals(answers) <= 1
        batch.refresh_from_db()
        if not isinstance(answers[0], ActionRefused):
            assert_cancelled_whole(batch)


def test_a_held_one_is_let_go_by_two_once(officers):
    for _round in range(ROUNDS):
        held = CardBatchFactory(state=BatchState.HELD, file="", finished_at=None, created_by=officers[0])
        answers = at_once(*(lambda who=who, held=held: release_batch(batch=held, by=who) for who in officers))
        assert refusals(answers) == 1


def test_a_count_corrected_while_its_card_is_stopped_waits_without_the_cards_lock(officers):
    """Whoever stops a card holds its holder first, then the card: a correction comes in the same order."""
    one, two = officers
    batch = made_batch(one)
    enter(batch, one, (1, GOOD))()
    card = batch.cards.get(position=1)
    refused = []

    def correct():
        try:
            correct_print(card=card, outcome=SPOILED, by=two)
        except ActionRefused as refusal:
            refused.append(str(refusal))
        finally:
            connection.close()

    worker = threading.Thread(target=correct, daemon=True)
    with transaction.atomic():
        Registrant.objects.select_for_update(no_key=True).get(pk=card.registrant_id)
        worker.start()
        wait_for_somebody_who_waits()
        assert Card.objects.select_for_update(nowait=True).get(pk=card.pk).state == CardState.PRINTED
        stop_card(card=card, ground=card_ground("lost"), by=one)
    worker.join(20)
    assert not worker.is_alive()
    card.refresh_from_db()
    assert (card.state, len(refused)) == (CardState.LOST, 1)
    batch.refresh_from_db()
    assert (batch.good, batch.spoiled) == (1, 0)


def wait_for_somebody_who_waits() -> None:
    """Until another connection waits for a lock of a row."""
    with connection.cursor() as cursor:
        for _try in range(500):
            # Each look is a statement of its own: within a transaction the view is kept as it was first seen.
            cursor.execute("SELECT pg_stat_clear_snapshot(), pg_sleep(0.02)")
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            if cursor.fetchone()[0]:
                return
    raise AssertionError("nobody waits")
