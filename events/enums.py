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
# These do not take place as they were announced, and say why.
UNSETTLED_STATES = (MeetingState.POSTPONED, MeetingState.CANCELLED)
# Nothing of these is changed any more.
FINISHED_STATES = (MeetingState.CLOSED, MeetingState.CANCELLED)
# These do not take place as planned, so nobody is told that they are coming.
NOT_COMING = (MeetingState.DRAFT, MeetingState.CANCELLED, MeetingState.POSTPONED)


class MeetingGround(TextChoices):
    """Why a meeting is postponed or cancelled. No published list: these are the chambers' own words."""

    VENUE = "venue", _("The venue is not available")
    WEATHER = "weather", _("The weather or the roads")
    PUBLIC_DAY = "public_day", _("A public holiday or an official event")
    ORGANISER = "organiser", _("At the organiser's request")
    UNREADY = "unready", _("The preparation is not finished")
    OTHER = "other", _("Another ground")


class WheelchairAccess(TextChoices):
    UNKNOWN = "unknown", _("Not known")
    FULL = "full", _("Whole building")
    PARTIAL = "partial", _("In part, or with help")
    NONE = "none", _("None")


class GuestCategory(TextChoices):
    """What a guest of the directory is to a chamber."""

    OFFICIAL = "official", _("Administration")
    CHAMBER_MEMBER = "chamber_member", _("Member of the chamber")
    CHAMBER_STAFF = "chamber_staff", _("Chamber's staff")
    PARTNER = "partner", _("Partner")
    PRESS = "press", _("Press")
    OTHER = "other", _("Other")


class GroupSource(TextChoices):
    """Where the people of a group come from."""

    ANNOUNCED = "announced", _("Announced, without names")
    DIRECTORY = "directory", _("A category of the directory")
    BODY_PRESIDENTS = "body_presidents", _("Presidents of craft bodies")
    ARTISANS = "artisans", _("Artisans of the register")


class Answer(TextChoices):
    """What somebody invited says of coming."""

    NONE = "none", _("No answer yet")
    COMING = "coming", _("Coming")
    NOT_COMING = "not_coming", _("Not coming")
    DELEGATE = "delegate", _("Sends a delegate")


class Occasion(TextChoices):
    """Why people invited are written to."""

    INVITATION = "invitation", _("Invitation")
    REMINDER = "reminder", _("Reminder")
    NOTICE = "notice", _("Notice of a change")


class Channel(TextChoices):
    SMS = "sms", _("Text message")
    EMAIL = "email", _("E-mail")


class MailingState(TextChoices):
    RUNNING = "running", _("Under way")
    DONE = "done", _("Done")
    CANCELLED = "cancelled", _("Stopped")


class DeliveryState(TextChoices):
    PENDING = "pending", _("Waiting")
    CLAIMED = "claimed", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Not sent")
    UNREACHABLE = "unreachable", _("No telephone and no e-mail")
    UNCLEAR = "unclear", _("Not known whether it was sent")


class TaskKind(TextChoices):
    """What a line of the preparation list is about."""

    ROOM = "room", _("Room")
    CARDS = "cards", _("Cards")
    LISTS = "lists", _("Lists")
    GUESTS = "guests", _("Guests")
    TEAM = "team", _("Team")
    OTHER = "other", _("Other")


class FeedScope(TextChoices):
    REGION = "region", _("Every meeting that I may see")
    OWN = "own", _("Meetings that I lead or work at")


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
