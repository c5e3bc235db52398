"""Guests in the order of protocol, received at the door by name."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.exceptions import ActionRefused
from core.roles import Permission
from events import actions
from events.duties import desk_meeting, requires_at_desk
from events.enums import MeetingState
from events.facts import attendees_of
from events.models import CheckInList, Invitation, Meeting

_OVER = (MeetingState.HELD, MeetingState.CLOSED)


@requires_at_desk(Permission.CHECK_IN)
def guests(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is expected, who came, who is excused; for those who work at the door."""
    meeting = _meeting(request, pk)
    context = {
        "meeting": meeting,
        # Whoever is not there yet is expected, and absent only once the meeting is over.
        "attendees": attendees_of(meeting, is_recorded=meeting.state in _OVER),
        "is_open": meeting.is_open_for_check_in,
    }
    return render(request, "events/guests_at_door.html", context)


@requires_at_desk(Permission.CHECK_IN)
@require_POST
def receive(request: HttpRequest, pk: int) -> HttpResponse:
    """Present, represented by somebody, or excused."""
    invitation = get_object_or_404(
        Invitation.objects.standing().select_related("meeting", "institution", "registrant"), pk=pk
    )
    meeting = _meeting(request, invitation.meeting_id)
    name = request.POST.get("delegate_name", "").strip()
    how = request.POST.get("how")
    try:
        if how == "excused":
            actions.excuse_guest(invitation=invitation, by=request.user)
        elif how == "delegate" and not name:
            messages.error(request, _("Give the delegate's name."))
        elif how in ("present", "delegate"):
            title = request.POST.get("delegate_title", "").strip()
            delegate = actions.Delegate(name, title) if how == "delegate" else actions.NOBODY_ELSE
            actions.receive_guest(invitation=invitation, delegate=delegate, by=request.user)
    except ActionRefused as error:
        messages.error(request, str(error))
    return redirect("events:guests_at_door", pk=meeting.pk)


def _meeting(request: HttpRequest, pk: int) -> Meeting:
    """The meeting, for those who work at its door."""
    meeting = desk_meeting(request.user, pk, Permission.CHECK_IN)
    if not CheckInList.objects.worked_by(request.user).filter(meeting=meeting, kind="door").exists():
        raise Http404
    return meeting
