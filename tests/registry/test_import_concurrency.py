"""Imports on real transactions: two at once, and workers killed half-way."""

import threading

import django_rq
import pytest
from django.db import connections

from core.models import AuditEvent
from registry.actions.imports import apply_import, cancel_import, resume_import
from registry.enums import ImportState, RowOutcome
from registry.imports import work
from registry.models import Application, ImportJob, NumberSequence, Registrant
from tests.factories.imports import checked, director, person
from tests.workers import kill, wait_until

pytestmark = pytest.mark.django_db(transaction=True)
SIZE = 60


@pytest.fixture(autouse=True)
def small_chunks(settings):
    settings.IMPORT_ROWS_PER_CHUNK = 4


def at_once(*jobs: ImportJob) -> list[BaseException]:
    """Each import worked on by a thread of its own, all let go in the same moment."""
    together, failed = threading.Barrier(len(jobs)), []

    def run(job):
        try:
            together.wait()
            work.work_on(job.pk)
        except BaseException as error:
            failed.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for job in jobs:
        job.refresh_from_db()
    return failed


def outcomes(job: ImportJob) -> dict:
    return {RowOutcome(name): rows for name, rows in job.done.items()}


def test_two_imports_of_the_same_people_enter_each_once():
    rows = [person(number, nia="") for number in range(1, SIZE + 1)]
    jobs = [checked(rows), checked(list(reversed(rows)))]
    for job in jobs:
        apply_import(job=job, by=director())
    assert at_once(*jobs) == []
    assert [job.state for job in jobs] == [ImportState.APPLIED] * 2
    assert Registrant.objects.count() == Application.objects.count() == SIZE
    entered = [outcomes(job).get(RowOutcome.CREATE, 0) for job in jobs]
    same = [outcomes(job).get(RowOutcome.UNCHANGED, 0) for job in jobs]
    assert (sum(entered), sum(same)) == (SIZE, SIZE)
    assert AuditEvent.objects.filter(action="registry.import.person_entered").count() == SIZE


def test_two_imports_give_every_number_once():
    jobs = [
        checked([person(number + first, nia="") for number in range(1, 25)], new_people="registered")
        for first in (0, 100)
    ]
    for job in jobs:
        apply_import(job=job, by=director())
    assert at_once(*jobs) == []
    numbers = list(Registrant.objects.values_list("nia", flat=True))
    assert len(set(numbers)) == len(numbers) == 48
    assert NumberSequence.objects.get(region_id="11").last_value == 48


def test_two_workers_at_one_import_do_each_chunk_once():
    job = checked([person(number) for number in range(1, SIZE + 1)])
    apply_import(job=job, by=director())
    other = ImportJob.objects.get(pk=job.pk)
    assert at_once(job, other) == []
    assert outcomes(job) == {RowOutcome.CREATE: SIZE}
    assert AuditEvent.objects.filter(action="registry.import.applied").count() == 1
    assert job.changes.count() == Registrant.objects.count() == SIZE


def test_killed_workers_lose_nothing_and_double_nothing(start_worker):
    size = 400
    job = checked([person(number) for number in range(1, size + 1)])
    django_rq.get_queue("default").connection.flushdb()
    workers = [start_worker(), start_worker()]
    apply_import(job=job, by=director())
    wait_until(lambda: job.chunks.filter(step="applied").count() >= 2)
    for worker in workers:
        kill(worker)
    django_rq.get_queue("default").connection.flushdb()
    entered = Registrant.objects.count()
    assert 8 <= entered < size
    assert entered == job.changes.count()
    start_worker()
    wait_until(lambda: ImportJob.objects.filter(pk=job.pk, state=ImportState.APPLIED).exists())
    job.refresh_from_db()
    assert outcomes(job) == {RowOutcome.CREATE: size}
    assert Registrant.objects.count() == job.changes.count() == size
    assert AuditEvent.objects.filter(action="registry.import.person_entered").count() == size


def test_stopped_half_way_it_goes_on_behind_what_is_done(monkeypatch):
    job = checked([person(number) for number in range(1, SIZE + 1)])
    apply_import(job=job, by=director())
    step = work._next_chunk
    done = []

    def one_chunk_then_stopped(job_id, state):
        if done:
            cancel_import(job=job, by=job.created_by)
        done.append(step(job_id, state))
        return done[-1]

    monkeypatch.setattr(work, "_next_chunk", one_chunk_then_stopped)
    work.work_on(job.pk)
    job.refresh_from_db()
    assert (job.state, Registrant.objects.count()) == (ImportState.STOPPED, 4)
    monkeypatch.setattr(work, "_next_chunk", step)
    resume_import(job=job, by=job.created_by)
    work.work_on(job.pk)
    job.refresh_from_db()
    assert (job.state, outcomes(job)) == (ImportState.APPLIED, {RowOutcome.CREATE: SIZE})
    assert Registrant.objects.count() == SIZE
