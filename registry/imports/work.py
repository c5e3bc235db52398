"""What workers do for imports: each step taken chunk by chunk under row locks, as batches of cards are made.

A worker holds the lock of the chunk that it has in hand and nothing else says who works on what. When it dies
the lock goes with it and the chunk is anybody's again; the queue may be lost at any time.
"""

import logging

from django.core.exceptions import ValidationError
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import Count, Max, Min, Q, Sum
from django.utils import timezone
from redis.exceptions import RedisError
from rq.timeouts import BaseTimeoutException

from core import audit, background
from core.background import Progress
from registry.actions.duplicates import look_for_duplicates
from registry.actions.sweeping import start_sweep, wake_sweep
from registry.enums import ChunkStep, ImportState
from registry.imports import files
from registry.imports.applying import Applying
from registry.imports.checking import check_chunk, finish_check
from registry.imports.entering import count_past_imported
from registry.imports.notes import note_of
from registry.imports.receiving import receive
from registry.imports.undoing import undo_chunk
from registry.models import ImportChunk, ImportJob

logger = logging.getLogger(__name__)

TASK = "registry.tasks.work_on_import"
WORKERS = 2
# A file at which the reader dies is not read for ever.
MOST_ATTEMPTS = 3
# So many changed people are compared with others one by one; beyond, all from the first of them on.
FEW_CHANGED = 200
# What a chunk has behind it before a step, and after it.
_STEPS = {
    ImportState.CHECKING: (ChunkStep.READ, ChunkStep.CHECKED),
    ImportState.APPLYING: (ChunkStep.CHECKED, ChunkStep.APPLIED),
    ImportState.UNDOING: (ChunkStep.APPLIED, ChunkStep.UNDONE),
}
_PASSING = (OperationalError, InterfaceError, BaseTimeoutException, RedisError)


def wake(job: ImportJob) -> None:
    """Ask for workers once the transaction is committed."""
    workers = 1 if job.state == ImportState.READING else min(WORKERS, max(1, job.chunks.count()))
    transaction.on_commit(lambda: background.wake(TASK, job.pk, workers=workers))


def work_on(job_id: int) -> None:
    """Take an import through the step it stands in. Safe to run twice, at once, and to be killed."""
    job = ImportJob.objects.working().filter(pk=job_id).first()
    if job is None:
        return
    try:
        if job.state == ImportState.READING:
            _read(job_id)
            return
        _prepare(job_id)
        while _next_chunk(job_id, job.state):
            pass
        _finish(job_id, job.state)
    except _PASSING:
        raise
    except Exception as error:
        logger.exception("import %s stopped", job_id)
        ImportJob.objects.working().filter(pk=job_id).update(last_error=type(error).__name__)


def resume(job_id: int | None = None) -> int:
    """Ask for workers for every import (or this one) that nobody works on; return how many."""
    jobs = ImportJob.objects.working()
    if job_id is not None:
        jobs = jobs.filter(pk=job_id)
    forgotten = [job for job in jobs if not _worked_on(job) and not background.is_queued(TASK, job.pk)]
    for job in forgotten:
        wake(job)
    return len(forgotten)


def progress(job: ImportJob) -> Progress:
    """How far the step is, from the chunks alone: the same after a restart, in another tab, tomorrow."""
    if job.state not in _STEPS:
        return Progress(0, max(job.rows_total, 1), None)
    before, after = _STEPS[job.state]
    chunks = job.chunks.filter(step__in=[before, after]) if job.state == ImportState.UNDOING else job.chunks
    counted = chunks.aggregate(
        total=Sum("size"),
        done=Sum("size", filter=Q(step=after)),
        made=Count("pk", filter=Q(step=after)),
        first=Min("done_at", filter=Q(step=after)),
        last=Max("done_at", filter=Q(step=after)),
    )
    done, total = counted["done"] or 0, counted["total"] or 0
    left = None
    if counted["made"] > 1 and job.step_started_at:
        left = (counted["last"] - job.step_started_at) * ((total - done) / done)
    return Progress(done, total, left)


def _read(job_id: int) -> None:
    with transaction.atomic():
        job = _held(job_id, ImportState.READING)
        if job is None:
            return
        job.attempts += 1
        given_up = job.attempts > MOST_ATTEMPTS
        if given_up:
            job.state, job.last_error = ImportState.REFUSED, "unreadable"
        job.save(update_fields=["attempts", "state", "last_error"])
    if given_up:
        return
    with transaction.atomic():
        job = _held(job_id, ImportState.READING)
        if job is None:
            return
        try:
            with transaction.atomic():
                receive(job)
        except ValidationError as error:
            refusal = note_of("", error, "")
            job.state, job.finished_at = ImportState.REFUSED, timezone.now()
            job.found = {"refusal": refusal[1:3]}
        job.attempts = 0
        job.save()
        if job.state == ImportState.REFUSED:
            transaction.on_commit(lambda: files.discard_file(job))


def _held(job_id: int, state: ImportState) -> ImportJob | None:
    """The job under its lock; None where another worker has it, or it stands elsewhere by now."""
    return ImportJob.objects.select_for_update(skip_locked=True).filter(pk=job_id, state=state).first()


def _prepare(job_id: int) -> None:
    """Before the first chunk is entered the counters are moved on, once."""
    with transaction.atomic():
        job = ImportJob.objects.select_for_update().get(pk=job_id)
        if job.state == ImportState.APPLYING and not job.chunks.filter(step=ChunkStep.APPLIED).exists():
            count_past_imported(job)


def _next_chunk(job_id: int, state: str) -> bool:
    """Take one chunk through the step under its lock; false when none is left or the step is not to go on."""
    before, after = _STEPS[state]
    with transaction.atomic():
        chunk = _claim(job_id, before, state)
        if chunk is None:
            return ImportChunk.objects.filter(job_id=job_id, step=before).exists() and _goes_on(job_id, state)
        job = ImportJob.objects.select_related("created_by", "applied_by").get(pk=job_id)
        if job.state != state or job.last_error:
            return False
        if state == ImportState.CHECKING:
            check_chunk(job, chunk)
        elif state == ImportState.APPLYING:
            Applying(job, chunk, job.applied_by).run()
        else:
            undo_chunk(job, chunk, job.applied_by)
        chunk.step, chunk.done_at = after, timezone.now()
        chunk.save(update_fields=["step", "done_at"])
        # Held until we commit: whoever stops the import waits for us, or we for them and undo this chunk.
        if not _goes_on(job_id, state):
            transaction.set_rollback(True)
            return False
        return True


def _claim(job_id: int, before: str, state: str) -> ImportChunk | None:
    """Lock a chunk of the wave that it is the turn of; wait for one in somebody's hands, in case they die."""
    waiting = ImportChunk.objects.filter(job_id=job_id, step=before)
    backwards = state == ImportState.UNDOING
    wave = waiting.order_by("-wave" if backwards else "wave").values_list("wave", flat=True).first()
    turn = waiting.filter(wave=wave).order_by("number").defer("rows")
    free = turn.select_for_update(skip_locked=True).first()
    return free or turn.select_for_update().first()


def _goes_on(job_id: int, state: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT state = %s AND last_error = '' FROM registry_importjob WHERE id = %s FOR SHARE",
            [state, job_id],
        )
        return cursor.fetchone()[0]


def _finish(job_id: int, state: str) -> None:
    """Once no chunk is left, the step is over."""
    before, _after = _STEPS[state]
    with transaction.atomic():
        job = ImportJob.objects.select_for_update().get(pk=job_id)
        if job.state != state or job.last_error or job.chunks.filter(step=before).exists():
            return
        if state == ImportState.CHECKING:
            finish_check(job)
            job.state = ImportState.CHECKED
        elif state == ImportState.APPLYING:
            job.done = job.rows.counts()
            job.state, job.finished_at = ImportState.APPLIED, timezone.now()
            _record(job, "registry.import.applied", job.done)
            _look_for_duplicates(job)
            transaction.on_commit(lambda: files.discard_file(job))
        else:
            kept = job.changes.exclude(kept=[]).count()
            job.done = {"undone": job.changes.count() - kept, "kept": kept}
            job.state, job.finished_at = ImportState.UNDONE, timezone.now()
            _record(job, "registry.import.undone", job.done)
        job.save()


def _record(job: ImportJob, action: str, counts: dict) -> None:
    audit.record(action=action, by=job.applied_by, subject=job, region_code=job.region_id or "", after=counts)


def _look_for_duplicates(job: ImportJob) -> None:
    """Among those just entered, in one pass behind all who were there; those changed, one by one if few."""
    entered = job.changes.filter(created=True).aggregate(first=Min("registrant_key"))["first"]
    changed = list(
        job.changes.filter(created=False).values_list("registrant_key", flat=True)[: FEW_CHANGED + 1]
    )
    if len(changed) > FEW_CHANGED:
        entered = job.changes.aggregate(first=Min("registrant_key"))["first"]
    else:
        for key in changed:
            look_for_duplicates(key)
    if entered:
        region = job.region_id or ""
        wake_sweep(start_sweep(by=job.applied_by, region_code=region, after=entered - 1))


def _worked_on(job: ImportJob) -> bool:
    """Whether somebody holds one of the import's locks."""
    with transaction.atomic():
        at_rest = ImportJob.objects.filter(pk=job.pk).select_for_update(skip_locked=True).exists()
        waiting = job.chunks.filter(step__in=[before for before, _after in _STEPS.values()])
        free = len(waiting.select_for_update(skip_locked=True).values_list("pk"))
        return not at_rest or free < waiting.count()
