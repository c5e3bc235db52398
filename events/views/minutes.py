"""The minutes of a meeting: read, written, compared, approved, printed."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.exceptions import ActionRefused
from core.media import serve_made
from core.permissions import requires
from core.roles import Permission
from events.actions import MinutesConflict, approve_minutes, save_minutes
from events.minutes import content_of, sections_of
from events.models import Meeting, Minutes
from events.papers import attendance_sheet, minutes_paper
from events.views.meanwhile import sent_number


@requires(Permission.VIEW_MEETINGS)
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """As they stand; whoever manages meetings writes them here until they are approved."""
    meeting = _meeting(request, pk)
    known = Minutes.objects.filter(meeting=meeting).select_related("approved_by").first()
    can_write = request.user.can(Permission.MANAGE_MEETINGS) and not (known and known.is_approved)
    if not (known and known.is_approved) and not can_write:
        raise Http404
    conflicts: list = []
    version = known.version if known else 0
    typed: dict[str, str] = {}
    if request.method == "POST" and can_write:
        sections = sections_of(meeting, known)
        typed = {one.slug: request.POST[one.slug] for one in sections if one.slug in request.POST}
        try:
            save_minutes(
                meeting=meeting,
                sections=typed,
                not_held=_not_held(request, sections),
                version=sent_number(request, "version"),
                by=request.user,
            )
        except MinutesConflict as conflict:
            messages.error(request, str(conflict))
            conflicts, version = conflict.conflicts, conflict.version
        except ActionRefused as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The minutes are saved."))
            return redirect("events:minutes", pk=pk)
    return _page(request, meeting, known, can_write, conflicts, version, typed)


@requires(Permission.APPROVE_MINUTES)
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """The director's approval: from then on nothing of the minutes changes."""
    meeting = _meeting(request, pk)
    try:
        approve_minutes(meeting=meeting, version=sent_number(request, "version"), by=request.user)
    except ActionRefused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The minutes are approved."))
    return redirect("events:minutes", pk=pk)


@requires(Permission.VIEW_MEETINGS)
def minutes_pdf(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The minutes with their annexes, in Arabic; a draft says that it is one."""
    meeting = _meeting(request, pk)
    known = Minutes.objects.filter(meeting=meeting).select_related("approved_by").first()
    if not (known and known.is_approved) and not request.user.can(Permission.MANAGE_MEETINGS):
        raise Http404
    return serve_made(
        minutes_paper(meeting, known), content_type="application/pdf", filename=f"minutes-{meeting.pk}.pdf"
    )


@requires(Permission.MANAGE_MEETINGS)
def sheet_pdf(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The attendance sheet to be signed on paper."""
    meeting = _meeting(request, pk)
    return serve_made(
        attendance_sheet(meeting), content_type="application/pdf", filename=f"attendance-{meeting.pk}.pdf"
    )


def _page(request, meeting, known, can_write, conflicts, version, typed) -> HttpResponse:
    clashes = {one.slug: one for one in conflicts}
    sections = [
        {"section": one, "text": typed.get(one.slug, one.text), "clash": clashes.get(one.slug)}
        for one in sections_of(meeting, known)
    ]
    context = {
        "meeting": meeting,
        "minutes": known,
        "content": content_of(meeting, known),
        "sections": sections if can_write else [],
        "can_write": can_write,
        "can_approve": can_write and known and request.user.can(Permission.APPROVE_MINUTES),
        "version": version,
        "versions": known.versions.select_related("saved_by") if known else [],
        "annexes": known.annexes.all() if known else [],
        "follow_ups": meeting.follow_ups.for_list(),
    }
    return render(request, "events/minutes.html", context, status=409 if conflicts else 200)


def _meeting(request: HttpRequest, pk: int) -> Meeting:
    meetings = Meeting.objects.visible_to(request.user).for_list().select_related("caravan__programme")
    return get_object_or_404(meetings, pk=pk)


def _not_held(request: HttpRequest, sections) -> list[int]:
    """Agenda items whose tick is missing from what was sent."""
    items = [one.item for one in sections if one.item is not None]
    return [item for item in items if f"held-{item}" not in request.POST]
