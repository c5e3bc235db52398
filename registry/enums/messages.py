"""How registrants are told of what concerns them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MessageChannel(TextChoices):
    """How somebody wishes to be told; it stands in their own space in any case."""

    SMS = "sms", _("SMS")
    EMAIL = "email", _("E-mail")
    PAGE = "page", _("In my space alone")


class MessageState(TextChoices):
    QUEUED = "queued", pgettext_lazy("message", "Waiting")
    SENDING = "sending", pgettext_lazy("message", "Being sent")
    SENT = "sent", pgettext_lazy("message", "Sent")
    FAILED = "failed", pgettext_lazy("message", "Not sent")
    # For whoever wants no messages, or has neither telephone nor e-mail.
    KEPT = "kept", pgettext_lazy("message", "In my space")
