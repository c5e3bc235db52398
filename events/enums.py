"""The words of caravans and meetings."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MeetingState(TextChoices):
    DRAFT = "draft", _("Draft")
    SCHEDULED = "scheduled", _("Scheduled")
    ANNOUNCED = "announced", _("Announced")
    UNDER_WAY = "under_way", _("Under way")
    HELD = "held", _("Held")
    CLOSED = "closed", _("Closed")
    POSTPONED = "postponed", _("Postponed")
    CANCELLED = "cancelled", _("Cancelled")


# Presence may be entered from paper lists until the meeting is closed.
OPEN_FOR_CHECK_IN = (
    MeetingState.SCHEDULED,
    MeetingState.ANNOUNCED,
    MeetingState.UNDER_WAY,
    MeetingState.HELD,
)
# Nothing of these is changed any more.
FINISHED_STATES = (MeetingState.CLOSED, MeetingState.CANCELLED)
# These do not take place as planned, so nobody is told that they are coming.
NOT_COMING = (MeetingState.DRAFT, MeetingState.CANCELLED, MeetingState.POSTPONED)


class OrganiserRole(TextChoices):
    ORGANISER = "organiser", _("Organiser")
    PARTNER = "partner", _("In partnership with")


class AgendaKind(TextChoices):
    SPEECH = "speech", _("Speech")
    PRESENTATION = "presentation", _("Presentation")
    CARD_HANDOVER = "card_handover", _("Hand-over of cards")
    DISCUSSION = "discussion", _("Discussion")


class ScanMethod(TextChoices):
    CAMERA = "camera", _("Camera")
    SCANNER = "scanner", _("Hand scanner or keyboard")


class ScanResult(TextChoices):
    """What the desk's screen says of one scan."""

    RECORDED = "recorded", _("Presence recorded")
    ALREADY_IN = "already_in", _("Already in")
    WRONG_REGION = "wrong_region", _("Card of another region")
    STOPPED_CARD = "stopped_card", _("Revoked card")
    EXPIRED_CARD = "expired_card", _("Expired card")
    UNKNOWN = "unknown", _("Unknown card")
    FORGED = "forged", _("Not a card of ours")


REFUSED_RESULTS = (
    ScanResult.WRONG_REGION,
    ScanResult.STOPPED_CARD,
    ScanResult.EXPIRED_CARD,
    ScanResult.UNKNOWN,
    ScanResult.FORGED,
)
