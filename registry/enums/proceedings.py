"""Suspension and striking off."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ProceedingKind(TextChoices):
    """What a notice announces."""

    SUSPENSION = "suspension", _("Suspension")
    STRIKING_OFF = "striking_off", _("Striking off")


class ProceedingStage(TextChoices):
    NOTIFIED = "notified", _("Waiting for the reply")
    REPLIED = "replied", _("Reply received")
    DROPPED = "dropped", _("Closed without a decision against")
    DECIDED = "decided", _("Decided")
    APPEALED = "appealed", _("Appeal to decide on")
    CONFIRMED = "confirmed", _("Appeal rejected")
    OVERTURNED = "overturned", _("Appeal upheld")
    LIFTED = "lifted", _("Ended by reinstatement")


# Somebody's turn: one such proceeding a registrant.
OPEN_STAGES = (ProceedingStage.NOTIFIED, ProceedingStage.REPLIED, ProceedingStage.APPEALED)
# A decision was taken, whatever became of it.
AFTER_DECISION = (
    ProceedingStage.DECIDED,
    ProceedingStage.APPEALED,
    ProceedingStage.CONFIRMED,
    ProceedingStage.OVERTURNED,
    ProceedingStage.LIFTED,
)
# The decision stands: what takes the person off the register.
STANDING_STAGES = (ProceedingStage.DECIDED, ProceedingStage.APPEALED, ProceedingStage.CONFIRMED)
