"""What workers do for archives of photographs: some entries in one transaction, then the next."""

import logging
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from redis.exceptions import RedisError
from rq.timeouts import BaseTimeoutException

from core import audit, background
from core.background import Progress
from registry.enums import PhotographsState
from registry.imports.notes import Note, note, note_of
from registry.models import PhotographsJob
from registry.photograph_archives.entries import Photograph, photographs_in
from registry.photograph_archives.taking import Ready, made_ready, take

logger = logging.getLogger(__name__)

TASK = "registry.tasks.take_photographs"
# Entries in one transaction: whoever cancels waits for so many.
STEP = 8
# A file at which workers die is passed over, and said so.
MOST_ATTEMPTS = 3
_DEADLY = _("The file could not be worked on: it is damaged or too large.")
_PASSING = (OperationalError, InterfaceError, BaseTimeoutException, RedisError)


def wake(job: PhotographsJob) -> None:
    """Ask for a worker once the transaction is committed."""
    transaction.on_commit(lambda: background.wake(TASK, job.pk))


def work_on(job_id: int) -> None:
    """Go through what is left of an archive. Safe to run twice, at once, and to be killed."""
    job = PhotographsJob.objects.working().filter(pk=job_id).first()
    if job is None:
        return
    try:
        photographs = photographs_in(Path(default_storage.path(job.file.name)), region=job.region_id)
    except ValidationError as error:
        _refuse(job, note_of("", error, ""))
        return
    while _next_step(job_id, photographs):
        pass


def resume(job_id: int | None = None) -> int:
    """Ask for a worker for every archive (or this one) that nobody works on; return how many."""
    jobs = PhotographsJob.objects.working()
    if job_id is not None:
        jobs = jobs.filter(pk=job_id)
    forgotten = [job for job in jobs if not _worked_on(job) and not background.is_queued(TASK, job.pk)]
    for job in forgotten:
        wake(job)
    return len(forgotten)


def progress(job: PhotographsJob) -> Progress:
    left = None
    if job.looked_at and job.started_at:
        left = (timezone.now() - job.started_at) * ((job.total - job.looked_at) / job.looked_at)
    return Progress(job.looked_at, job.total or 1, left)


def discard_old() -> int:
    """Forget the names of files, which are people's numbers, of archives whose time is over."""
    end = timezone.now() - timedelta(days=settings.IMPORT_KEPT_DAYS)
    old = PhotographsJob.objects.filter(finished_at__lt=end).exclude(rejects=[])
    return old.update(rejects=[])


def discard_file(job: PhotographsJob) -> None:
    """Remove the archive: what was good of it is in people's files."""
    if job.file:
        job.file.delete(save=False)
        PhotographsJob.objects.filter(pk=job.pk).update(file="")


def _next_step(job_id: int, photographs: list[Photograph]) -> bool:
    """Some entries under the job's lock; false when none is left, or somebody else has it in hand."""
    if _begin(job_id, len(photographs)) is None:
        return False
    with transaction.atomic():
        job = _held(job_id)
        if job is None:
            return False
        if job.attempts > MOST_ATTEMPTS:
            step = photographs[job.looked_at : job.looked_at + 1]
            refused = {one.name: note("", _DEADLY) for one in step}
        else:
            # Where a worker died, one by one, so that the others are not lost with the one.
            step = photographs[job.looked_at : job.looked_at + (STEP if job.attempts == 1 else 1)]
            refused = _taken(job, step)
        job.rejects += [[one.name, *refused[one.name][1:3]] for one in step if one.name in refused]
        job.accepted += len(step) - len(refused)
        job.looked_at += len(step)
        job.attempts = 0
        if job.looked_at == job.total:
            _finish(job)
        job.save()
        return job.state == PhotographsState.RUNNING


def _begin(job_id: int, total: int) -> PhotographsJob | None:
    """Count the attempt, for whoever finds that a worker died at it."""
    with transaction.atomic():
        job = _held(job_id)
        if job is None:
            return None
        job.attempts += 1
        job.total = total
        job.started_at = job.started_at or timezone.now()
        if not total:
            _finish(job)
        job.save()
        return job if job.state == PhotographsState.RUNNING else None


def _taken(job: PhotographsJob, step: list[Photograph]) -> dict[str, Note]:
    path = Path(default_storage.path(job.file.name))
    made = [(one, made_ready(path, one, by_eye=job.accepted_by_eye)) for one in step]
    refused = {one.name: found for one, found in made if isinstance(found, Note)}
    return refused | take(job, [(one, found) for one, found in made if isinstance(found, Ready)])


def _held(job_id: int) -> PhotographsJob | None:
    """The running job under its lock; None where another worker has it, or it is over."""
    running = PhotographsJob.objects.working().select_related("created_by")
    return running.select_for_update(skip_locked=True, of=("self",)).filter(pk=job_id).first()


def _finish(job: PhotographsJob) -> None:
    job.state, job.finished_at = PhotographsState.DONE, timezone.now()
    audit.record(
        action="registry.photographs.done",
        by=job.created_by,
        subject=job,
        region_code=job.region_id or "",
        after={"accepted": job.accepted, "rejected": len(job.rejects)},
    )
    transaction.on_commit(lambda: discard_file(job))


def _refuse(job: PhotographsJob, why: Note) -> None:
    with transaction.atomic():
        locked = _held(job.pk)
        if locked is None:
            return
        locked.state, locked.finished_at = PhotographsState.REFUSED, timezone.now()
        locked.rejects = [["", *why[1:3]]]
        locked.save()
        transaction.on_commit(lambda: discard_file(locked))


def _worked_on(job: PhotographsJob) -> bool:
    with transaction.atomic():
        mine = PhotographsJob.objects.filter(pk=job.pk).select_for_update(skip_locked=True)
        return not mine.exists()
