"""The words of caravans and meetings."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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
    SENT = "sent", pgettext_lazy("message", "Sent")
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


# The public is told of these.
PUBLIC_STATES = (
    MeetingState.ANNOUNCED,
    MeetingState.UNDER_WAY,
    MeetingState.HELD,
    MeetingState.CLOSED,
)


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
    NAME = "name", _("Chosen from a list of names")


class ScanResult(TextChoices):
    """What the desk's screen says of one scan."""

    RECORDED = "recorded", _("Presence recorded")
    ALREADY_IN = "already_in", _("Already in")
    NOT_INVITED = "not_invited", _("Not invited")
    WRONG_MEETING = "wrong_meeting", _("Invited to another meeting")
    NOT_AT_DOOR = "not_at_door", _("Not yet through the door")
    CARD_NEEDED = "card_needed", _("No valid card")
    WRONG_REGION = "wrong_region", _("Card of another region")
    STOPPED_CARD = "stopped_card", _("Revoked card")
    EXPIRED_CARD = "expired_card", _("Expired card")
    UNKNOWN = "unknown", _("Unknown card")
    FORGED = "forged", _("Not a card of ours")


REFUSED_RESULTS = tuple(
    result for result in ScanResult if result not in (ScanResult.RECORDED, ScanResult.ALREADY_IN)
)


class ListKind(TextChoices):
    """Where somebody is checked in at a meeting."""

    DOOR = "door", _("Door")
    CARDS = "cards", _("Card desk")
    STAND = "stand", _("Partner's stand")


# A meeting has one of each of these; whoever is at the door counts as present.
SINGLE_LISTS = (ListKind.DOOR, ListKind.CARDS)


class Admission(TextChoices):
    """Who may enter at a list."""

    EVERYONE = "everyone", _("Everybody on the region's register, and all who are invited")
    INVITED = "invited", _("Only those invited")
    HOLDERS = "holders", _("Only holders of a valid card")


class Attendance(TextChoices):
    """How somebody invited attended."""

    PRESENT = "present", pgettext_lazy("one guest", "Present")
    DELEGATED = "delegated", pgettext_lazy("one guest", "Sent a delegate")
    EXCUSED = "excused", pgettext_lazy("one guest", "Excused")
    ABSENT = "absent", pgettext_lazy("one guest", "Absent")


class QuestionState(TextChoices):
    OPEN = "open", _("To answer")
    ANSWERED = "answered", _("Answered")


class FollowUpKind(TextChoices):
    DECISION = "decision", _("Decision")
    QUESTION = "question", _("Answer promised")


class MinutesState(TextChoices):
    DRAFT = "draft", pgettext_lazy("minutes", "Being written")
    APPROVED = "approved", pgettext_lazy("minutes", "Approved")


class PressState(TextChoices):
    DRAFT = "draft", pgettext_lazy("press release", "Being written")
    PUBLISHED = "published", pgettext_lazy("press release", "Published")


class PhotographConsent(TextChoices):
    """On what ground people may be seen: their agreement; a hall seen from afar shows nobody."""

    NONE = "none", _("Not asked yet: kept inside the chamber")
    NOBODY = "nobody", _("Nobody can be recognised")
    GIVEN = "given", _("Everybody who can be recognised agreed")


class CeremonyRole(TextChoices):
    """As whom somebody receives their card on the stage, in the order in which they are called."""

    MEMBER = "member", _("Member of the chamber")
    PRESIDENT = "president", _("President of a craft body")
    ARTISAN = "artisan", _("Artisan")
