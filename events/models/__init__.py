from events.models.agenda import AgendaAttachment, AgendaItem
from events.models.attendance import CheckIn, Scan
from events.models.calendar_feed import CalendarFeed
from events.models.ceremony import CeremonyEntry
from events.models.check_in_list import CheckInList
from events.models.duty import Duty
from events.models.followed_merge import FollowedMerge
from events.models.guest import Guest, Institution
from events.models.invitation import GuestGroup, Invitation
from events.models.mailing import Delivery, LetterFile, Mailing
from events.models.meeting import Meeting, Organiser
from events.models.minutes import Minutes, MinutesAnnex, MinutesVersion
from events.models.preparation import MeetingTemplate, PreparationTask
from events.models.programme import Caravan, Programme
from events.models.publication import MeetingPhotograph, PressRelease
from events.models.question import FollowUp, Question
from events.models.walk_in import WalkIn

__all__ = [
    "AgendaAttachment",
    "AgendaItem",
    "CalendarFeed",
    "Caravan",
    "CeremonyEntry",
    "CheckIn",
    "CheckInList",
    "Delivery",
    "Duty",
    "FollowUp",
    "FollowedMerge",
    "Guest",
    "GuestGroup",
    "Institution",
    "Invitation",
    "LetterFile",
    "Mailing",
    "Meeting",
    "MeetingPhotograph",
    "MeetingTemplate",
    "Minutes",
    "MinutesAnnex",
    "MinutesVersion",
    "Organiser",
    "PreparationTask",
    "PressRelease",
    "Programme",
    "Question",
    "Scan",
    "WalkIn",
]
