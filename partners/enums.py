"""The words of partnership."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OfferState(TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Missing(TextChoices):
    """What a published offer may still lack."""

    TERMS = "terms", _("Terms")
    CONFIRMATION = "confirmation", _("Confirmation")
