"""Lists and photographs brought in."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ImportState(TextChoices):
    READING = "reading", _("File being read")
    COLUMNS = "columns", _("Columns to confirm")
    CHECKING = "checking", _("Being checked")
    CHECKED = "checked", _("Checked, nothing entered yet")
    APPLYING = "applying", _("Being entered")
    STOPPED = "stopped", _("Stopped half-way")
    APPLIED = "applied", pgettext_lazy("state of an import", "Entered")
    UNDOING = "undoing", _("Being undone")
    UNDONE = "undone", _("Undone")
    CANCELLED = "cancelled", _("Given up")
    REFUSED = "refused", _("File not readable")


# A worker is asked for while an import stands in one of these.
WORKING_IMPORTS = (ImportState.READING, ImportState.CHECKING, ImportState.APPLYING, ImportState.UNDOING)


class ChunkStep(TextChoices):
    """The last step that was done to a chunk of an import."""

    READ = "read", _("Read")
    CHECKED = "checked", _("Checked")
    APPLIED = "applied", _("Entered")
    UNDONE = "undone", _("Undone")


class RowOutcome(TextChoices):
    """What an import will do, or did, with one row of its file."""

    CREATE = "create", pgettext_lazy("one row", "New")
    UPDATE = "update", _("Changed")
    UNCHANGED = "unchanged", pgettext_lazy("one row", "Unchanged")
    SKIP = "skip", _("Left out by choice")
    REVIEW = "review", _("To be looked at")
    ERROR = "error", _("Error")


class NewPeople(TextChoices):
    """What becomes of people in an import who are not on file."""

    APPLICATIONS = (
        "applications",
        _("Those with a registration number keep it; the others become applications to decide on"),
    )
    REGISTERED = (
        "registered",
        _("All are on the chamber's register already: those without a number get the next ones"),
    )
    NONE = "none", _("They are left out: only people on file are changed")


class PhotographsState(TextChoices):
    RUNNING = "running", _("Being looked at")
    DONE = "done", _("Done")
    CANCELLED = "cancelled", _("Cancelled")
    REFUSED = "refused", _("File not readable")
