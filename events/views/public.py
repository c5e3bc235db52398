"""What the public sees of a meeting."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language

from core.media import serve_protected
from events.enums import PUBLIC_STATES, PressState
from events.models import Meeting, MeetingPhotograph


@login_not_required
def public_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """When, where, the agenda, the press release and the photographs that may be shown. No guest is named."""
    meeting = get_object_or_404(Meeting.objects.for_page().filter(state__in=PUBLIC_STATES), pk=pk)
    published = {one.language: one for one in meeting.press_releases.filter(state=PressState.PUBLISHED)}
    own = "ar" if (get_language() or "ar").startswith("ar") else "fr"
    context = {
        "meeting": meeting,
        "release": published.get(own) or next(iter(published.values()), None),
        "photographs": meeting.photographs.public(),
    }
    return render(request, "events/public_meeting.html", context)


@login_not_required
def public_photograph(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A photograph whose people agreed, of a meeting that the public is told of."""
    shown = MeetingPhotograph.objects.public().filter(meeting__state__in=PUBLIC_STATES, pk=pk).first()
    if shown is None:
        raise Http404
    return serve_protected(shown.file, content_type="image/jpeg")
