from events.models.agenda import AgendaItem
from events.models.attendance import CheckIn, Scan
from events.models.duty import Duty
from events.models.guest import Guest, Institution
from events.models.invitation import GuestGroup, Invitation
from events.models.meeting import Meeting, Organiser
from events.models.programme import Caravan, Programme

__all__ = [
    "AgendaItem",
    "Caravan",
    "CheckIn",
    "Duty",
    "Guest",
    "GuestGroup",
    "Institution",
    "Invitation",
    "Meeting",
    "Organiser",
    "Programme",
    "Scan",
]
