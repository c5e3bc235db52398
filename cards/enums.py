"""The words of cards and batches."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CardState(TextChoices):
    ORDERED = "ordered", _("In a batch")
    MADE = "made", _("Made, waiting for its holder")
    HANDED_OVER = "handed_over", _("Handed over")
    LOST = "lost", _("Lost")
    STOLEN = "stolen", _("Stolen")
    DAMAGED = "damaged", _("Damaged")
    REVOKED = "revoked", _("Revoked")
    CANCELLED = "cancelled", _("Cancelled before printing")


# A registrant has at most one card in these states.
LIVE_STATES = (CardState.ORDERED, CardState.MADE, CardState.HANDED_OVER)
# What a live card may be stopped for.
STOP_STATES = (CardState.LOST, CardState.STOLEN, CardState.DAMAGED, CardState.REVOKED)


class BatchState(TextChoices):
    QUEUED = "queued", _("Waiting")
    RUNNING = "running", _("Being made")
    MADE = "made", _("Ready to print")
    # A batch is feminine in Arabic and masculine in French, a cancelled meeting the other way round.
    CANCELLED = "cancelled", pgettext_lazy("card batch", "Cancelled")


UNFINISHED_STATES = (BatchState.QUEUED, BatchState.RUNNING)


class BatchOrder(TextChoices):
    NAME = "name", _("By name")
    COMMUNE = "commune", _("By commune, then by name")
    AS_GIVEN = "as_given", _("In the order of the list given")


class ChunkState(TextChoices):
    PENDING = "pending", _("Waiting")
    MADE = "made", _("Made")


class CheckOutcome(TextChoices):
    """What a check of a card answers, each with its own words, colour and icon."""

    VALID = "valid", _("Valid card")
    NOT_YET_VALID = "not_yet_valid", _("Card not yet valid")
    EXPIRED = "expired", _("Expired card")
    REVOKED = "revoked", _("Revoked card")
    UNKNOWN = "unknown", _("Unknown card")
    FORGED = "forged", _("Not a card of ours")
