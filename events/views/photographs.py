"""Photographs of a meeting: with consent, captions and an order."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.exceptions import ActionRefused
from core.images import reencode_photograph
from core.media import serve_protected
from core.permissions import requires
from core.roles import Permission
from events import actions
from events.forms.after import PhotographForm
from events.models import Meeting, MeetingPhotograph
from events.views.meanwhile import on_top_of, sent_number


@requires(Permission.MANAGE_MEETINGS)
def photographs(request: HttpRequest, pk: int) -> HttpResponse:
    """All photographs in their order, with a form for the next."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user).for_list(), pk=pk)
    form = PhotographForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            picture = reencode_photograph(form.cleaned_data["picture"])
            actions.add_photograph(meeting=meeting, picture=picture, fields=_fields(form), by=request.user)
        except ValidationError as error:
            form.add_error("picture", error)
        except ActionRefused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The photograph is added."))
            return redirect("events:photographs", pk=pk)
    context = {"meeting": meeting, "form": form, "photographs": meeting.photographs.all()}
    return render(request, "events/photographs.html", context)


@requires(Permission.MANAGE_MEETINGS)
def photograph_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Caption and consent of one photograph."""
    shown = _photograph(request, pk)
    form = PhotographForm(request.POST or None, instance=shown)
    theirs: list[dict] = []
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_photograph(
                photograph=shown,
                fields=_fields(form),
                version=form.cleaned_data["version"],
                by=request.user,
            )
        except actions.ChangedMeanwhile as error:
            messages.error(request, str(error))
            theirs = on_top_of(form, MeetingPhotograph.objects.get(pk=pk), actions.PHOTOGRAPH_FIELDS)
        except ActionRefused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The photograph is changed."))
            return redirect("events:photographs", pk=shown.meeting_id)
    context = {"meeting": shown.meeting, "photograph": shown, "form": form, "theirs": theirs}
    return render(request, "events/photograph_edit.html", context)


@requires(Permission.MANAGE_MEETINGS)
@require_POST
def photograph_remove(request: HttpRequest, pk: int) -> HttpResponse:
    shown = _photograph(request, pk)
    actions.remove_photograph(photograph=shown, by=request.user)
    messages.success(request, _("The photograph is removed."))
    return redirect("events:photographs", pk=shown.meeting_id)


@requires(Permission.MANAGE_MEETINGS)
@require_POST
def photograph_order(request: HttpRequest, pk: int) -> HttpResponse:
    """Move one photograph a place up or down, from where the page showed it."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user), pk=pk)
    moved = meeting.photographs.filter(pk=sent_number(request, "photograph")).first()
    try:
        if moved:
            actions.move_photograph(
                photograph=moved,
                steps=-1 if request.POST.get("move") == "up" else 1,
                seen=sent_number(request, "seen"),
                by=request.user,
            )
    except ActionRefused as error:
        messages.error(request, str(error))
    return redirect("events:photographs", pk=pk)


@requires(Permission.MANAGE_MEETINGS)
def photograph_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    return serve_protected(_photograph(request, pk).file, content_type="image/jpeg")


def _photograph(request: HttpRequest, pk: int) -> MeetingPhotograph:
    shown = MeetingPhotograph.objects.visible_to(request.user).select_related("meeting")
    return get_object_or_404(shown, pk=pk)


def _fields(form: PhotographForm) -> dict:
    return {name: form.cleaned_data[name] for name in actions.PHOTOGRAPH_FIELDS}
