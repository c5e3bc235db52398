"""Scheduling a meeting and changing it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core.exceptions import ActionRefused
from core.models import Commune
from core.permissions import requires
from core.roles import Permission
from events.actions import MEETING_FIELDS, ChangedMeanwhile, change_meeting, schedule_meeting
from events.enums import FINISHED_STATES
from events.forms.meeting import MeetingForm
from events.models import Meeting
from events.views.meanwhile import on_top_of


@requires(Permission.MANAGE_MEETINGS)
def meeting_new(request: HttpRequest) -> HttpResponse:
    """Schedule a meeting, opening its caravan where it has none yet; `?commune=` says where."""
    form = MeetingForm(request.POST or None, user=request.user, initial=_place_asked(request))
    warnings = []
    if request.method == "POST" and form.is_valid():
        warnings = form.warnings_not_seen()
        if not warnings:
            try:
                meeting = schedule_meeting(
                    fields=form.meeting_fields(),
                    caravan=form.chosen_caravan(),
                    same_agenda_as=form.cleaned_data["same_agenda_as"],
                    with_guests=form.cleaned_data["with_guests"],
                    as_draft="as_draft" in request.POST,
                    by=request.user,
                )
            except ActionRefused as error:
                messages.error(request, str(error))
            else:
                messages.success(request, _("The meeting is scheduled."))
                return redirect("events:meeting", pk=meeting.pk)
    context = {"form": form, "warnings": warnings, "theirs": [], "meeting_pk": None}
    return render(request, "events/meeting_form.html", context)


@requires(Permission.MANAGE_MEETINGS)
def meeting_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a meeting, unless somebody else changed it since the form was opened."""
    meeting = get_object_or_404(
        Meeting.objects.visible_to(request.user).select_related("commune", "region"), pk=pk
    )
    if meeting.state in FINISHED_STATES:
        messages.error(request, _("This meeting is finished: nothing of it is changed any more."))
        return redirect("events:meeting", pk=pk)
    title = meeting.title
    form = MeetingForm(request.POST or None, user=request.user, instance=meeting)
    theirs: list[dict] = []
    warnings = []
    if request.method == "POST" and form.is_valid():
        warnings = form.warnings_not_seen()
        if not warnings:
            try:
                change_meeting(
                    meeting=meeting,
                    fields=form.meeting_fields(),
                    caravan=form.chosen_caravan(),
                    version=form.cleaned_data["version"] or 0,
                    by=request.user,
                )
            except ChangedMeanwhile as error:
                messages.error(request, str(error))
                theirs = on_top_of(form, _stored(pk), ("caravan", *MEETING_FIELDS))
            except ActionRefused as error:
                messages.error(request, str(error))
            else:
                messages.success(request, _("The meeting is changed."))
                return redirect("events:meeting", pk=pk)
    context = {
        "form": form,
        "warnings": warnings,
        "theirs": theirs,
        "meeting_pk": pk,
        "meeting_title": title,
    }
    return render(request, "events/meeting_form.html", context)


def _stored(pk: int) -> Meeting:
    return Meeting.objects.select_related("commune", "caravan", "director").get(pk=pk)


def _place_asked(request: HttpRequest) -> dict[str, str]:
    """The place that a link proposes, as from the list of uncollected cards; none of another region."""
    communes = Commune.objects.select_related("province")
    if request.user.region_id:
        communes = communes.filter(province__region_id=request.user.region_id)
    commune = communes.filter(pk=request.GET.get("commune", "")).first()
    return {"commune": commune.pk, "province": commune.province_id} if commune else {}
