"""Work in the queue that outlives its workers."""

from datetime import timedelta

import django_rq
import pytest
from django.test import override_settings

from cards.worker import PortalWorker
from core import background
from core.background import Progress, time_left

TASK = "cards.tasks.make_batch"


@pytest.fixture
def queue():
    found = django_rq.get_queue("default")
    found.empty()
    yield found
    found.empty()


def test_a_worker_that_starts_asks_for_the_forgotten_work_of_every_app(queue):
    worker = PortalWorker([queue], connection=queue.connection)
    worker.bootstrap(logging_level="ERROR")
    worker.register_death()
    asked = [job.func_name for job in queue.jobs]
    assert asked == list(background.resume_tasks())
    assert "cards.tasks.resume_unfinished" in asked


def test_a_task_is_handed_in_once():
    before = background.resume_tasks()
    background.register(before[0])
    assert background.resume_tasks() == before


def test_what_waits_in_the_queue_is_known_by_its_record(queue):
    background.wake(TASK, 12, workers=2)
    assert len(queue.job_ids) == 2
    assert background.is_queued(TASK, 12)
    assert not background.is_queued(TASK, 1)
    assert not background.is_queued("cards.tasks.other", 12)


def test_without_redis_nothing_fails():
    with override_settings(RQ_QUEUES={"default": {"URL": "unix:///nowhere/redis?db=0"}}):
        background.wake(TASK, 12)


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (None, ""),
        (timedelta(seconds=20), "less than a minute left"),
        (timedelta(seconds=65), "about 1 minute left"),
        (timedelta(minutes=7), "about 7 minutes left"),
    ],
)
def test_the_time_left_is_told_in_words(in_english, left, words):
    assert time_left(Progress(1, 2, left)) == words
