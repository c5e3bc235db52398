"""Lists taken out as files: asked for, stopped, fetched; each of it in the trail."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.exceptions import ActionRefused
from core.models import User
from registry.enums import ExportFormat, ExportState
from registry.exports import work
from registry.exports.lists import ExportedList
from registry.models import ExportJob

# Of one person at the same time.
MOST_RUNNING = 3


@transaction.atomic
def ask_export(
    *,
    asked: ExportedList,
    columns: Sequence[str],
    format: ExportFormat,
    language: str,
    by: User,
) -> ExportJob:
    """Ask for a file of a list, in the language that is read there.

    Raises:
        ActionRefused: as many are being written for this person already as may be.
    """
    User.objects.select_for_update().get(pk=by.pk)
    if ExportJob.objects.of(by).working().count() >= MOST_RUNNING:
        raise ActionRefused(_("Your other lists are still being written: wait for one, or cancel it."))
    job = ExportJob.objects.create(
        listing=asked.listing,
        query=asked.address().urlencode(),
        filters=_("; ").join(asked.words()),
        columns=list(columns),
        format=format,
        language=language,
        created_by=by,
    )
    # What was typed to search stays with its owner: it may be somebody's number.
    after = {
        "listing": job.listing,
        "format": job.format,
        "columns": job.columns,
        "query": job.query,
        "searched": asked.is_searched,
    }
    _record(job, "registry.export.asked", by, after)
    work.wake(job)
    return job


@transaction.atomic
def cancel_export(*, job: ExportJob, by: User) -> ExportJob:
    """Stop the writing of a file.

    Raises:
        ActionRefused: it is over already.
    """
    locked = ExportJob.objects.select_for_update().get(pk=job.pk)
    if locked.state != ExportState.RUNNING:
        raise ActionRefused(_("This list is no longer being written."))
    locked.state, locked.finished_at = ExportState.CANCELLED, timezone.now()
    locked.save(update_fields=["state", "finished_at"])
    _record(locked, "registry.export.cancelled", by, {})
    return locked


def record_export_taken(*, job: ExportJob, by: User) -> None:
    """Somebody downloads the file."""
    _record(
        job, "registry.export.taken", by, {"listing": job.listing, "format": job.format, "entries": job.total}
    )


def _record(job: ExportJob, action: str, by: User, after: dict) -> None:
    audit.record(action=action, by=by, subject=job, region_code=by.region_id or "", after=after)
