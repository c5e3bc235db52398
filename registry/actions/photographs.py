"""Archives of photographs: sent, stopped."""

from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.arabic import clean
from core.exceptions import ActionRefused
from core.models import User
from registry.enums import PhotographsState
from registry.models import PhotographsJob
from registry.photograph_archives import work


@transaction.atomic
def receive_photographs(
    *, file: File, name: str, total: int, replace: bool, accepted_by_eye: bool, by: User
) -> PhotographsJob:
    """Take an archive of so many photographs. A regional account brings those of its own region only."""
    job = PhotographsJob(
        region_id=by.region_id,
        name=clean(name)[:120] or "-",
        total=total,
        replace=replace,
        accepted_by_eye=accepted_by_eye,
        created_by=by,
    )
    job.file.save("photographs.zip", file, save=False)
    job.save()
    _record(job, "registry.photographs.received", by, {"photographs": total, "replace": replace})
    work.wake(job)
    return job


@transaction.atomic
def cancel_photographs(*, job: PhotographsJob, by: User) -> PhotographsJob:
    """Stop; photographs taken so far stay.

    Raises:
        ActionRefused: it is over already.
    """
    # Workers hold it for some photographs at a time: we wait for that long.
    locked = PhotographsJob.objects.select_for_update().get(pk=job.pk)
    if locked.state != PhotographsState.RUNNING:
        raise ActionRefused(_("This archive is no longer being worked on."))
    locked.state, locked.finished_at = PhotographsState.CANCELLED, timezone.now()
    locked.save(update_fields=["state", "finished_at"])
    _record(locked, "registry.photographs.cancelled", by, {"accepted": locked.accepted})
    transaction.on_commit(lambda: work.discard_file(locked))
    return locked


def _record(job: PhotographsJob, action: str, by: User, after: dict) -> None:
    audit.record(action=action, by=by, subject=job, region_code=job.region_id or "", after=after)
