"""What people agree to and ask about their data, and the end of its retention."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ConsentPurpose(TextChoices):
    """What a person may agree to beside the registration itself, and take back at any time."""

    PHOTOGRAPH_ON_CHECK = "photograph_on_check", _("My photograph on the public check page")
    MESSAGES = "messages", _("Messages about meetings and services")
    PUBLICATION = "publication", _("My name and photograph in reports of meetings")


class DataRequestKind(TextChoices):
    """What law 09-08 lets a person ask of whoever holds their data."""

    ACCESS = "access", _("Access to my data")
    RECTIFICATION = "rectification", _("Rectification")
    OPPOSITION = "opposition", _("Opposition")


class DataRequestState(TextChoices):
    OPEN = "open", _("Open")
    ANSWERED = "answered", _("Answered")
    REFUSED = "refused", _("Refused")


class RetentionReason(TextChoices):
    DRAFT = "draft", _("Draft never submitted")
    REJECTED = "rejected", _("Candidate rejected")
    STRUCK_OFF = "struck_off", _("Struck off")


class RetentionState(TextChoices):
    PREPARED = "prepared", _("Prepared")
    RUNNING = "running", _("Being erased")
    DONE = "done", _("Erased")
    CANCELLED = "cancelled", _("Cancelled")
    NOTHING = "nothing", _("Nothing to erase")


class RetentionOutcome(TextChoices):
    WAITING = "waiting", _("Waiting")
    ERASED = "erased", _("Erased")
    KEPT = "kept", _("Kept: it changed since, or something still depends on it")
