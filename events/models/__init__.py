from events.models.agenda import AgendaAttachment, AgendaItem
from events.models.attendance import CheckIn, Scan
from events.models.calendar_feed import CalendarFeed
from events.models.duty import Duty
from events.models.guest import Guest, Institution
from events.models.invitation import GuestGroup, Invitation
from events.models.mailing import Delivery, LetterFile, Mailing
from events.models.meeting import Meeting, Organiser
from events.models.preparation import MeetingTemplate, PreparationTask
from events.models.programme import Caravan, Programme

__all__ = [
    "AgendaAttachment",
    "AgendaItem",
    "CalendarFeed",
    "Caravan",
    "CheckIn",
    "Delivery",
    "Duty",
    "Guest",
    "GuestGroup",
    "Institution",
    "Invitation",
    "LetterFile",
    "Mailing",
    "Meeting",
    "MeetingTemplate",
    "Organiser",
    "PreparationTask",
    "Programme",
    "Scan",
]
