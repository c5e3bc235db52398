"""What meetings show on pages that gather from several apps."""

from django.http import HttpRequest

from core.roles import Permission
from events.models import CheckIn, Duty, FollowUp, Meeting
from registry.models import Registrant

COMING = 5
OWN = 2
ATTENDED = 20


def meetings_panel(request: HttpRequest, subject: None) -> dict:
    """Today's meetings with the way to their desks, and the next ones."""
    visible = Meeting.objects.visible_to(request.user).for_list()
    today = list(visible.today())
    return {
        "today": today,
        "coming": visible.upcoming().exclude(pk__in=[meeting.pk for meeting in today])[:COMING],
        "can_check_in": request.user.can(Permission.CHECK_IN),
        "on_duty": set(Duty.objects.in_force(request.user).values_list("meeting_id", flat=True)),
        "can_schedule": request.user.can(Permission.MANAGE_MEETINGS),
    }


def own_meetings_panel(request: HttpRequest, registrant: Registrant) -> dict:
    """Where and when the next meetings of the artisan's region are, and those the artisan attended last."""
    coming = Meeting.objects.of_region(registrant.region).upcoming().for_list()
    return {"coming": coming[:OWN], "attended": CheckIn.objects.of(registrant)[:OWN]}


def attended_panel(request: HttpRequest, registrant: Registrant) -> dict:
    """The meetings at which this person was present."""
    return {"attended": CheckIn.objects.of(registrant)[:ATTENDED]}


def follow_ups_panel(request: HttpRequest, subject: None) -> dict | None:
    """What is still to be done after the region's meetings, the late ones apart."""
    known = FollowUp.objects.visible_to(request.user)
    to_do = known.open().count()
    return {"to_do": to_do, "late": known.late().count()} if to_do else None
