"""What of an import lies on disk, or holds people's data beside the register, and when it goes."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from registry.enums import WORKING_IMPORTS
from registry.models import ImportChange, ImportJob, ImportRow, Registrant


def discard_file(job: ImportJob) -> None:
    """Remove what was sent: its rows are in the database by now, or it could not be read."""
    if job.file:
        job.file.delete(save=False)
        ImportJob.objects.filter(pk=job.pk).update(file="")


def discard_old() -> int:
    """Discard rows, and what stood there before, of imports whose time is over; return of how many."""
    end = timezone.now() - timedelta(days=settings.IMPORT_KEPT_DAYS)
    old = ImportJob.objects.filter(created_at__lt=end, discarded_at__isnull=True).exclude(
        state__in=WORKING_IMPORTS
    )
    discarded = 0
    for job in old.exclude(undo_until__gte=timezone.now()):
        with transaction.atomic():
            job.changes.all().delete()
            job.rows.all().delete()
            job.chunks.all().delete()
            ImportJob.objects.filter(pk=job.pk).update(samples=[], discarded_at=timezone.now())
        discard_file(job)
        discarded += 1
    return discarded


def forget_erased(sender, *, registrant: Registrant, **kwargs) -> None:
    """Somebody's data is erased at the end of its retention: what imports hold of them goes too."""
    registrant_key = registrant.pk
    changes = ImportChange.objects.filter(registrant_key=registrant_key)
    for job_id, line in list(changes.values_list("job_id", "line")):
        ImportRow.objects.filter(job_id=job_id, line=line).update(values={}, notes=[], candidates=[])
    ImportRow.objects.filter(registrant_key=registrant_key).update(values={}, notes=[], candidates=[])
    changes.update(before={}, after={})
