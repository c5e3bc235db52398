"""What workers are asked to do: by ids, safe to be run twice and to be killed."""

from core import background
from registry.actions import duplicates, notifications
from registry.actions.figures import refresh_figures
from registry.actions.retention import carry_out
from registry.actions.sweeping import SWEEP, go_on_with_sweep
from registry.enums import RetentionState
from registry.exports import files as export_files
from registry.exports import work as export_work
from registry.figures.freshness import is_stale
from registry.imports import files, work
from registry.models import DuplicateSweep, FigureSnapshot, RetentionRun
from registry.photograph_archives import work as photographs

ERASE = "registry.tasks.erase"


def erase(run_id: int) -> None:
    """Carry an approved retention report out."""
    carry_out(run_id)


def resume_retention() -> None:
    """Wake a worker for each approved report that nobody comes to by himself."""
    for run_id in RetentionRun.objects.filter(state=RetentionState.RUNNING).values_list("pk", flat=True):
        if not background.is_queued(ERASE, run_id):
            background.wake(ERASE, run_id)


def find_duplicates(registrant_id: int) -> None:
    """Bring the pairs of one entry up to date."""
    duplicates.find_duplicates(registrant_id)


def sweep_duplicates(sweep_id: int) -> None:
    """Look through what is left of the register."""
    go_on_with_sweep(sweep_id)


def resume_sweeps() -> None:
    """Wake a worker for each search for duplicates that nobody comes to by himself."""
    for sweep_id in DuplicateSweep.objects.filter(finished_at__isnull=True).values_list("pk", flat=True):
        if not background.is_queued(SWEEP, sweep_id):
            background.wake(SWEEP, sweep_id)


def count_figures(_record_id: int = 0) -> None:
    """Count the register anew; nothing where somebody else is at it."""
    refresh_figures()


def resume_figures() -> None:
    """Asked for by each worker that starts: dashboards begin with figures of today."""
    if is_stale(FigureSnapshot.objects.newest()):
        refresh_figures()


def work_on_import(job_id: int) -> None:
    """Read, check, enter or undo an import, whatever is its turn."""
    work.work_on(job_id)


def resume_imports() -> None:
    """Wake workers for imports that nobody works on, and discard what is kept for a time only."""
    work.resume()
    files.discard_old()


def take_photographs(job_id: int) -> None:
    """Go through an archive of photographs."""
    photographs.work_on(job_id)


def resume_photographs() -> None:
    """Wake workers for archives that nobody works on, and forget rejects whose time is over."""
    photographs.resume()
    photographs.discard_old()


def write_export(job_id: int) -> None:
    """Write the file of a list that somebody takes out."""
    export_work.work_on(job_id)


def resume_exports() -> None:
    """Wake workers for lists that nobody writes, and delete the files whose time is over."""
    export_work.resume()
    export_files.discard_old()


def send_notification(notification_id: int) -> None:
    notifications.send(notification_id)


def resume_notifications() -> None:
    """Asked for by each worker that starts: another one may have died, or the queue been lost."""
    notifications.resume()
