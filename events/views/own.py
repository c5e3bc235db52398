"""The artisan's own meetings: invitations, what comes near, and a calendar file of each."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.exceptions import ActionRefused
from core.permissions import requires
from core.roles import Permission
from events.actions import answer_invitation
from events.enums import NOT_COMING, Answer
from events.ical import calendar_file
from events.models import CheckIn, Invitation
from events.own_space import coming_for, directions, known_to
from registry.models import Registrant

COMING, ATTENDED = 12, 30
_ANSWERS = (Answer.COMING, Answer.NOT_COMING)


@requires(Permission.VIEW_OWN_FILE)
@require_safe
def own_meetings(request: HttpRequest) -> HttpResponse:
    """Invitations with their answers, the nearest meetings, and those that I attended."""
    registrant = _own(request)
    invitations = (
        Invitation.objects.of_person(registrant)
        .standing()
        .exclude(meeting__state__in=NOT_COMING)
        .select_related("meeting__commune", "meeting__caravan")
    )
    by_meeting = {invitation.meeting_id: invitation for invitation in invitations}
    coming = list(coming_for(registrant)[:COMING])
    context = {
        "meetings": [
            {
                "meeting": meeting,
                "invitation": by_meeting.get(meeting.pk),
                "directions": directions(meeting),
                "is_nearest": place == 0,
            }
            for place, meeting in enumerate(coming)
        ],
        "attended": CheckIn.objects.of(registrant)[:ATTENDED],
    }
    return render(request, "events/own_meetings.html", context)


@requires(Permission.VIEW_OWN_FILE)
@require_POST
def own_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Whether I come; the last word counts."""
    own = Invitation.objects.standing().filter(registrant__user=request.user)
    invitation = get_object_or_404(own, pk=pk)
    given = request.POST.get("answer")
    if given not in _ANSWERS:
        messages.error(request, _("Say whether you come."))
        return redirect("events:own_meetings")
    try:
        answer_invitation(invitation=invitation, answer=Answer(given), by=request.user)
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Thank you: your answer is noted. You may change it until the meeting."))
    return redirect("events:own_meetings")


@requires(Permission.VIEW_OWN_FILE)
@require_safe
def own_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting as a file for the telephone's calendar."""
    known = known_to(_own(request)).select_related("caravan", "commune")
    meeting = get_object_or_404(known, pk=pk)
    language = "ar" if (get_language() or "ar").startswith("ar") else "fr"
    content = calendar_file([meeting], name=meeting.title, language=language, is_public=True)
    return HttpResponse(
        content,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="meeting-{meeting.pk}.ics"'},
    )


def _own(request: HttpRequest) -> Registrant:
    return get_object_or_404(Registrant.objects.select_related("commune", "region"), user=request.user)
