"""Why an export was not made, in the reader's words."""

from django.utils.translation import gettext as _

from registry.enums import ExportState
from registry.models import ExportJob


def failure_words(job: ExportJob) -> str:
    """A sentence for a failed export; empty for any other."""
    if job.state != ExportState.FAILED:
        return ""
    return {
        "permission": _("You may no longer take lists out."),
        "search": _("The search of this list is no longer kept: search again."),
        "too_long": _("This list is too long for a PDF: narrow it, or take XLSX or CSV."),
    }.get(job.last_error) or _(
        "The file could not be written. Try again; if it stops again, tell the administration."
    )
