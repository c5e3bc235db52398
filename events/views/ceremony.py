"""The card ceremony: who is called to the stage, and where their cards lie."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from core.exceptions import ActionRefused
from core.permissions import requires
from core.roles import Permission
from events import actions
from events.ceremony import lines_of
from events.finding import find
from events.forms.after import CeremonyForm
from events.models import CeremonyEntry, Meeting
from events.views.meanwhile import sent_number


@requires(Permission.MANAGE_MEETINGS)
def ceremony(request: HttpRequest, pk: int) -> HttpResponse:
    """The list in the order of the call, with a form for one more."""
    meeting = _meeting(request, pk)
    form = CeremonyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = find(form.cleaned_data["number"], meeting).registrant
        if person is None:
            form.add_error("number", _("Nobody on the register has this number."))
        else:
            try:
                actions.call_to_stage(
                    meeting=meeting, registrant=person, role=form.cleaned_data["role"], by=request.user
                )
            except ActionRefused as error:
                form.add_error("number", str(error))
            else:
                return redirect("events:ceremony", pk=pk)
    context = {"meeting": meeting, "lines": lines_of(meeting), "form": form}
    return render(request, "events/ceremony.html", context)


@requires(Permission.MANAGE_MEETINGS)
@require_POST
def ceremony_fill(request: HttpRequest, pk: int) -> HttpResponse:
    """Add the invited members and the presidents whose cards wait."""
    meeting = _meeting(request, pk)
    try:
        added = actions.fill_ceremony(meeting=meeting, by=request.user)
    except ActionRefused as error:
        messages.error(request, str(error))
    else:
        words = ngettext("%(n)s person is added.", "%(n)s persons are added.", added)
        messages.success(request, words % {"n": added})
    return redirect("events:ceremony", pk=pk)


@requires(Permission.MANAGE_MEETINGS)
@require_POST
def ceremony_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Move somebody a place up or down, or take them off the list."""
    entry = get_object_or_404(
        CeremonyEntry.objects.visible_to(request.user).select_related("meeting", "registrant"), pk=pk
    )
    move = request.POST.get("move")
    try:
        if move == "off":
            actions.take_off_stage(entry=entry, by=request.user)
        elif move in ("up", "down"):
            actions.move_on_stage(
                entry=entry,
                steps=-1 if move == "up" else 1,
                seen=sent_number(request, "seen"),
                by=request.user,
            )
    except ActionRefused as error:
        messages.error(request, str(error))
    return redirect("events:ceremony", pk=entry.meeting_id)


def _meeting(request: HttpRequest, pk: int) -> Meeting:
    return get_object_or_404(Meeting.objects.visible_to(request.user).for_list(), pk=pk)
