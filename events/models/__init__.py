from events.models.attendance import CheckIn, Scan
from events.models.guest import Guest, GuestGroup, Institution
from events.models.meeting import AgendaItem, Meeting, Organiser
from events.models.programme import Caravan, Programme

__all__ = [
    "AgendaItem",
    "Caravan",
    "CheckIn",
    "Guest",
    "GuestGroup",
    "Institution",
    "Meeting",
    "Organiser",
    "Programme",
    "Scan",
]
