"""Large batches: ordered by a page, composed by a worker, all of it or nothing."""

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cards import batches, tasks
from cards.actions import cancel_batch, compose_batch, create_batch, retry_batch
from cards.enums import BatchOrder, BatchState, CardState, RequestState
from cards.models import Card, CardBatch, CardRequest
from core.models import AuditEvent
from core.roles import Role
from tests.factories.cards import new_batch
from tests.factories.core import UserFactory
from tests.factories.registry import RegistrantFactory

pytestmark = [pytest.mark.usefixtures("in_english"), pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _two_are_many(settings):
    settings.CARDS_COMPOSED_AT_ONCE = 1


@pytest.fixture
def officer():
    return UserFactory(roles=(Role.CARD_OFFICER,))


def order(people, officer) -> CardBatch:
    return create_batch(
        registrants=people, region=officer.region, name="Many", order=BatchOrder.AS_GIVEN, by=officer
    )


def test_ordered_then_composed_in_the_order_given_then_made(officer):
    people = RegistrantFactory.create_batch(3, with_photograph=True)[::-1]
    batch = order(people, officer)
    assert (batch.state, batch.cards_total, batch.cards.count()) == (BatchState.COMPOSING, 3, 0)
    assert (batches.progress(batch).done, batches.progress(batch).total) == (0, 3)
    assert AuditEvent.objects.about(batch).get().after["state"] == BatchState.COMPOSING
    tasks.make_batch(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, batch.chosen) == (BatchState.QUEUED, [])
    assert [card.registrant for card in batch.cards.in_print_order()] == people
    tasks.make_batch(batch.pk)
    batch.refresh_from_db()
    assert batch.state == BatchState.MADE


def test_composed_once_by_however_many_workers(officer):
    batch = new_batch(2, by=officer)
    assert (compose_batch(batch.pk), compose_batch(batch.pk)) == (True, False)
    assert batch.cards.count() == CardRequest.objects.count() == 2


def test_a_worker_that_dies_has_done_nothing_and_the_next_composes(officer, monkeypatch):
    batch = new_batch(2, by=officer)
    with monkeypatch.context() as dying:
        dying.setattr("cards.actions.composing.mark_batched", die)
        with pytest.raises(OperationalError), transaction.atomic():
            compose_batch(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, batch.last_error, Card.objects.count()) == (BatchState.COMPOSING, "", 0)
    assert batches.resume_unfinished() == 1
    assert compose_batch(batch.pk)
    assert batch.cards.count() == 2


def die(*_args):
    raise OperationalError


def test_somebody_who_got_a_card_meanwhile_stops_it_and_nothing_is_made(officer, sign_in_english):
    people = RegistrantFactory.create_batch(3, with_photograph=True)
    batch, other = order(people, officer), order(people[:1], officer)
    assert other.state == BatchState.QUEUED
    compose_batch(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, batch.cards.count()) == (BatchState.COMPOSING, 0)
    client = sign_in_english(user=officer)
    page = client.get(reverse("cards:batch", args=[batch.pk])).content.decode()
    assert "somebody got one meanwhile" in page
    retry_batch(batch=batch, by=officer)
    compose_batch(batch.pk)
    batch.refresh_from_db()
    assert batch.last_error == batches.NOT_COMPOSED
    cancel_batch(batch=batch, reason="Chosen again", by=officer)
    assert Card.objects.get().state == CardState.IN_BATCH


def test_cancelled_before_it_is_composed_it_has_no_card(officer):
    batch = new_batch(2, by=officer)
    cancel_batch(batch=batch, reason="Wrong list", by=officer)
    tasks.make_batch(batch.pk)
    assert not Card.objects.exists()


def test_a_batch_being_composed_knows_its_people(officer):
    batch = new_batch(2, by=officer)
    with pytest.raises(IntegrityError, match="batch_composing_knows_its_people"), transaction.atomic():
        CardBatch.objects.filter(pk=batch.pk).update(chosen=[])


def test_a_large_batch_asks_no_more_of_the_database_than_a_small_one(officer, django_assert_num_queries):
    # The first of a chamber also settles its design.
    compose_batch(new_batch(2, by=officer).pk)
    few, many = new_batch(2, by=officer), new_batch(12, by=officer)
    with CaptureQueriesContext(connection) as asked:
        compose_batch(few.pk)
    with django_assert_num_queries(len(asked)):
        compose_batch(many.pk)
    assert CardRequest.objects.filter(card__batch=many, registrant=F("card__registrant")).count() == 12
    assert set(CardRequest.objects.values_list("state", flat=True)) == {RequestState.BATCHED}
