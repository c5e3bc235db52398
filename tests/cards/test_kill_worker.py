"""Real workers on the real queue, killed as by the machine: no card missing, none twice."""

import os
import signal

import django_rq
import pytest

from cards import batch_files
from cards.enums import BatchState, CardState, ChunkState
from cards.models import BatchChunk, CardBatch
from core.roles import Role
from tests.cards.printed import serials_printed
from tests.factories.cards import new_batch
from tests.factories.core import UserFactory
from tests.workers import family, kill, wait_until

pytestmark = pytest.mark.django_db(transaction=True)

SIZE = 32


@pytest.fixture(autouse=True)
def small_chunks(settings):
    settings.CARDS_PER_CHUNK = 4


def chunks_made(batch: CardBatch) -> int:
    return BatchChunk.objects.filter(batch=batch, state=ChunkState.MADE).count()


def is_made(batch: CardBatch) -> bool:
    return CardBatch.objects.filter(pk=batch.pk, state=BatchState.MADE).exists()


def assert_whole(batch: CardBatch) -> None:
    batch.refresh_from_db()
    content = batch_files.path_of(batch.file.name).read_bytes()
    expected = list(batch.cards.order_by("position").values_list("serial", flat=True))
    assert len(set(expected)) == SIZE
    assert serials_printed(content) == expected
    assert set(batch.cards.values_list("state", flat=True)) == {CardState.IN_BOX}


def test_one_of_two_workers_is_killed_and_the_other_goes_on(start_worker):
    victim, _survivor = start_worker(), start_worker()
    batch = new_batch(SIZE, by=UserFactory(roles=(Role.CARD_OFFICER,)))
    wait_until(lambda: chunks_made(batch) >= 2)
    kill(victim)
    assert not is_made(batch)
    wait_until(lambda: is_made(batch))
    assert_whole(batch)


def test_all_workers_and_the_queue_are_lost_and_a_new_worker_goes_on(start_worker):
    workers = [start_worker(), start_worker()]
    batch = new_batch(SIZE, by=UserFactory(roles=(Role.CARD_OFFICER,)))
    wait_until(lambda: chunks_made(batch) >= 2)
    for worker in workers:
        kill(worker)
    django_rq.get_queue("default").connection.flushdb()
    made = chunks_made(batch)
    assert 2 <= made < SIZE / 4
    start_worker()
    wait_until(lambda: is_made(batch))
    assert_whole(batch)


def test_a_killed_job_process_is_replaced_by_the_same_worker(start_worker):
    worker = start_worker()
    batch = new_batch(SIZE, by=UserFactory(roles=(Role.CARD_OFFICER,)))
    wait_until(lambda: chunks_made(batch) >= 2)
    # The youngest is the one that does the job.
    os.kill(max(family(worker)), signal.SIGKILL)
    assert not is_made(batch)
    wait_until(lambda: is_made(batch))
    assert_whole(batch)
