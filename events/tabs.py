"""The parts of one meeting, as its tabs."""

from django.urls import reverse
from django.utils.translation import gettext as _

from core.models import User
from core.roles import Permission
from events.models import Meeting


def meeting_tabs(meeting: Meeting, user: User, active: str) -> list[dict]:
    """Those that this reader may open; `active` is the name of the address that is open."""
    tabs = [("meeting", _("Meeting"), Permission.VIEW_MEETINGS)]
    tabs += [
        ("agenda", _("Agenda"), Permission.MANAGE_MEETINGS),
        ("invitations", _("Invitations"), Permission.MANAGE_MEETINGS),
        ("preparation", _("Preparation"), Permission.MANAGE_MEETINGS),
    ]
    return [
        {
            "label": label,
            "url": reverse(f"events:{name}", args=[meeting.pk]),
            "active": name == active,
        }
        for name, label, permission in tabs
        if user.can(permission)
    ]
