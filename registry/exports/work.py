"""What workers do for exports: the file written whole by one of them, begun anew where one died at it."""

import logging
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.files import File
from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone
from django.utils.translation import override
from redis.exceptions import RedisError
from rq.timeouts import BaseTimeoutException

from core import audit, background
from core.background import Progress
from registry.enums import ExportFormat, ExportState
from registry.exports.columns import Value, row_of
from registry.exports.lists import LISTS, list_of
from registry.exports.writing import write
from registry.models import ExportJob

logger = logging.getLogger(__name__)

TASK = "registry.tasks.write_export"
# A file at which workers die is not begun for ever.
MOST_ATTEMPTS = 3
# First half of the advisory lock that tells who writes an export; the second is its key.
_LOCK = 0x6578706F
_PASSING = (OperationalError, InterfaceError, BaseTimeoutException, RedisError)


class _Stopped(Exception):
    """The export was cancelled, or cannot be made; `why` is one of WHY."""

    def __init__(self, why: str = ""):
        super().__init__(why)
        self.why = why


def wake(job: ExportJob) -> None:
    """Ask for a worker once the transaction is committed."""
    transaction.on_commit(lambda: background.wake(TASK, job.pk))


def work_on(job_id: int) -> None:
    """Write an export's file. Safe to run twice, at once, and to be killed."""
    with background.at_work(_LOCK, job_id) as alone:
        job = ExportJob.objects.working().select_related("created_by__region").filter(pk=job_id).first()
        if not alone or job is None:
            return
        try:
            _begin(job)
            with override(job.language), TemporaryDirectory() as directory:
                path = Path(directory) / "list"
                _write(job, path)
                _finish(job, path)
        except _PASSING:
            raise
        except _Stopped as stopped:
            if stopped.why:
                _fail(job, stopped.why)
        except Exception as error:
            logger.exception("export %s stopped", job_id)
            _fail(job, type(error).__name__)


def resume() -> int:
    """Ask for a worker for every export that nobody writes; return how many."""
    forgotten = [
        job
        for job in ExportJob.objects.working()
        if not background.is_at_work(_LOCK, job.pk) and not background.is_queued(TASK, job.pk)
    ]
    for job in forgotten:
        wake(job)
    return len(forgotten)


def progress(job: ExportJob) -> Progress:
    left = None
    if job.written and job.total and job.started_at:
        left = (timezone.now() - job.started_at) * ((job.total - job.written) / job.written)
    return Progress(job.written, job.total or 1, left)


def _begin(job: ExportJob) -> None:
    job.attempts += 1
    if job.attempts > MOST_ATTEMPTS:
        raise _Stopped("killed")
    reader, wanted = job.created_by, LISTS[job.listing]
    if not (reader.is_active and reader.can(wanted.permission) and reader.can(wanted.taken_out_with)):
        raise _Stopped("permission")
    job.started_at, job.written = timezone.now(), 0
    _keep(job, attempts=job.attempts, started_at=job.started_at, written=0)


def _write(job: ExportJob, path: Path) -> None:
    asked = list_of(job)
    if not asked.is_offered:
        raise _Stopped("permission")
    if asked.is_lost:
        raise _Stopped("search")
    ids = asked.ids()
    if job.format == ExportFormat.PDF and len(ids) > settings.EXPORT_PDF_MOST_ROWS:
        raise _Stopped("too_long")
    job.total = len(ids)
    _keep(job, total=job.total)
    columns = asked.chosen(job.columns)

    def rows() -> Iterator[list[Value]]:
        for records in asked.blocks(ids):
            for record in records:
                yield row_of(record, columns, job.created_by)
            job.written += len(records)
            _keep(job, written=job.written)

    write(job, path, columns, rows())


def _finish(job: ExportJob, path: Path) -> None:
    name = f"{job.pk}.{job.format}"
    with transaction.atomic(), path.open("rb") as content:
        locked = ExportJob.objects.select_for_update().get(pk=job.pk)
        if locked.state != ExportState.RUNNING:
            return
        # What a worker left behind that died between its file and this moment.
        stored = locked.file.field.generate_filename(locked, name)
        locked.file.storage.delete(stored)
        locked.file.save(PurePosixPath(stored).name, File(content), save=False)
        locked.state, locked.finished_at = ExportState.DONE, timezone.now()
        locked.total = locked.written = job.written
        locked.save()
        audit.record(
            action="registry.export.made",
            by=locked.created_by,
            subject=locked,
            region_code=locked.created_by.region_id or "",
            after={"entries": locked.total},
        )


def _fail(job: ExportJob, why: str) -> None:
    ExportJob.objects.working().filter(pk=job.pk).update(
        state=ExportState.FAILED, last_error=why[:200], finished_at=timezone.now()
    )


def _keep(job: ExportJob, **values) -> None:
    """Tell how far it is.

    Raises:
        _Stopped: somebody cancelled it.
    """
    if not ExportJob.objects.working().filter(pk=job.pk).update(**values):
        raise _Stopped
