"""The lists of a meeting: choosing one's desk, and setting their rules."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core.exceptions import ActionRefused
from core.permissions import requires
from core.roles import Permission
from events.actions import LIST_FIELDS, ChangedMeanwhile, add_list, change_list
from events.duties import desk_meeting, requires_at_desk
from events.forms.desk import CheckInListForm
from events.models import CheckInList, Meeting
from events.views.meanwhile import on_top_of


@requires_at_desk(Permission.CHECK_IN)
def desks(request: HttpRequest, pk: int) -> HttpResponse:
    """The lists at which the reader may work; the only one opens by itself."""
    meeting = desk_meeting(request.user, pk, Permission.CHECK_IN)
    lists = list(
        CheckInList.objects.worked_by(request.user).filter(meeting=meeting).prefetch_related("agents")
    )
    can_change = request.user.can(Permission.MANAGE_MEETINGS)
    if len(lists) == 1 and not can_change:
        return redirect("events:desk", pk=lists[0].pk)
    if not lists and not can_change:
        raise Http404
    context = {"meeting": meeting, "lists": lists, "can_change": can_change}
    return render(request, "events/desks.html", context)


@requires(Permission.MANAGE_MEETINGS)
def list_new(request: HttpRequest, pk: int) -> HttpResponse:
    """A partner's stand, or another place of check-in."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user), pk=pk)
    form = CheckInListForm(request.POST or None, meeting=meeting)
    if request.method == "POST" and form.is_valid():
        try:
            add_list(
                meeting=meeting,
                fields=form.list_fields(),
                agents=form.cleaned_data["agents"],
                by=request.user,
            )
        except ActionRefused as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The list is added."))
            return redirect("events:desks", pk=meeting.pk)
    context = {"form": form, "meeting": meeting, "at": None, "theirs": []}
    return render(request, "events/list_form.html", context)


@requires(Permission.MANAGE_MEETINGS)
def list_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The rules of a list, and who works there."""
    at = get_object_or_404(CheckInList.objects.visible_to(request.user).for_desk(), pk=pk)
    name = at.name
    form = CheckInListForm(request.POST or None, instance=at, meeting=at.meeting)
    theirs: list[dict] = []
    if request.method == "POST" and form.is_valid():
        try:
            change_list(
                at=at,
                fields=form.list_fields(),
                agents=form.cleaned_data["agents"],
                version=form.cleaned_data["version"],
                by=request.user,
            )
        except ChangedMeanwhile as error:
            messages.error(request, str(error))
            theirs = on_top_of(form, CheckInList.objects.get(pk=pk), (*LIST_FIELDS, "agents"))
        except ActionRefused as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The list is changed."))
            return redirect("events:desks", pk=at.meeting_id)
    context = {"form": form, "meeting": at.meeting, "at": at, "name": name, "theirs": theirs}
    return render(request, "events/list_form.html", context)
