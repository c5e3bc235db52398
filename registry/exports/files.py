"""When a file that was taken out goes: it holds people's data beside the register."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from registry.enums import ExportState
from registry.models import ExportJob


def discard_old() -> int:
    """Delete the files of exports whose time is over; return of how many."""
    end = timezone.now() - timedelta(days=settings.EXPORT_KEPT_DAYS)
    old = ExportJob.objects.filter(state=ExportState.DONE, finished_at__lt=end)
    for job in old:
        job.file.delete(save=False)
        job.state, job.file = ExportState.EXPIRED, ""
        job.save(update_fields=["state", "file"])
    return len(old)
