"""Papers that go with the minutes: the signed attendance sheet and whatever else was handed out."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.exceptions import ActionRefused
from core.media import serve_protected
from core.permissions import requires
from core.roles import Permission
from events.actions import add_annex, remove_annex
from events.forms.after import AnnexForm
from events.models import Meeting, MinutesAnnex


@requires(Permission.MANAGE_MEETINGS)
def annex_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a scan; it is saved anew before it is kept."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user).for_list(), pk=pk)
    form = AnnexForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        try:
            add_annex(meeting=meeting, title=sent["title"], document=sent["scan"], by=request.user)
        except ActionRefused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The annex is added."))
            return redirect("events:minutes", pk=pk)
    return render(request, "events/annex_new.html", {"meeting": meeting, "form": form})


@requires(Permission.VIEW_MEETINGS)
def annex(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The scan, for whoever may read the minutes."""
    shown = _annex(request, pk)
    if not shown.minutes.is_approved and not request.user.can(Permission.MANAGE_MEETINGS):
        raise Http404
    return serve_protected(shown.file, content_type=shown.content_type)


@requires(Permission.MANAGE_MEETINGS)
@require_POST
def annex_remove(request: HttpRequest, pk: int) -> HttpResponse:
    shown = _annex(request, pk)
    try:
        remove_annex(annex=shown, by=request.user)
    except ActionRefused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The annex is taken off."))
    return redirect("events:minutes", pk=shown.minutes.meeting_id)


def _annex(request: HttpRequest, pk: int) -> MinutesAnnex:
    known = MinutesAnnex.objects.visible_to(request.user).select_related("minutes__meeting")
    return get_object_or_404(known, pk=pk)
