"""A meeting's states, what it collides with, and its preparation."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.dates import moment_in_words
from core.exceptions import ActionRefused
from core.media import serve_made
from core.permissions import requires
from core.roles import Permission
from events import actions, lifecycle
from events.actions import ChangedMeanwhile
from events.cards_to_bring import boxes_to_bring
from events.conflicts import conflicts as find_conflicts
from events.enums import FINISHED_STATES, Channel, Occasion
from events.forms.meeting import MeetingForm
from events.forms.planning import DueForm, DutyForm, NamesForm, OffForm, RescheduleForm, TaskForm
from events.lists_paper import LISTS, MOST_LINES, list_pdf
from events.models import Duty, Meeting, MeetingTemplate, PreparationTask
from events.tabs import meeting_tabs
from events.views.meanwhile import on_top_of

# Each has its own page or button; closing belongs to the minutes.
SIMPLE_MOVES = ("schedule", "announce", "begin", "end", "resume")
OFF_MOVES = ("postpone", "cancel")


@requires(Permission.MANAGE_MEETINGS)
@require_POST
def move(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One step that needs nothing said."""
    if name not in SIMPLE_MOVES:
        raise Http404
    meeting = _meeting(request, pk)
    try:
        moved = actions.move_meeting(meeting=meeting, name=name, by=request.user)
        messages.success(request, _("The meeting is now: %(state)s.") % {"state": moved.get_state_display()})
    except ActionRefused as error:
        messages.error(request, str(error))
    return redirect("events:meeting", pk=meeting.pk)


@requires(Permission.MANAGE_MEETINGS)
def off(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Postpone or cancel, with a ground, and tell everybody who was written to."""
    if name not in OFF_MOVES:
        raise Http404
    meeting = _meeting(request, pk)
    form = OffForm(request.POST or None, initial={"version": meeting.version})
    theirs: list[dict] = []
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        try:
            meeting = actions.move_meeting(
                meeting=meeting,
                name=name,
                by=request.user,
                ground=chosen["ground"],
                note=chosen["note"],
                version=chosen["version"] or 0,
            )
        except ChangedMeanwhile as error:
            messages.error(request, str(error))
            meeting, theirs = _changed_meeting(request, pk, form)
        except ActionRefused as error:
            messages.error(request, str(error))
        else:
            return _told(request, meeting, tell=chosen["tell"])
    context = {"meeting": meeting, "form": form, "is_cancelling": name == "cancel", "theirs": theirs}
    return render(request, "events/meeting_off.html", context)


@requires(Permission.MANAGE_MEETINGS)
def reschedule(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a postponed meeting its new date, and tell everybody who was written to."""
    meeting = _meeting(request, pk)
    form = RescheduleForm(request.POST or None, initial={"version": meeting.version})
    theirs: list[dict] = []
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        try:
            meeting = actions.reschedule_meeting(
                meeting=meeting,
                starts_at=chosen["starts_at"],
                ends_at=chosen["ends_at"],
                version=chosen["version"],
                by=request.user,
            )
        except ChangedMeanwhile as error:
            messages.error(request, str(error))
            meeting, theirs = _changed_meeting(request, pk, form)
        except ActionRefused as error:
            messages.error(request, str(error))
        else:
            return _told(request, meeting, tell=chosen["tell"])
    context = {"meeting": meeting, "form": form, "theirs": theirs}
    return render(request, "events/meeting_reschedule.html", context)


@requires(Permission.MANAGE_MEETINGS)
@require_safe
def conflicts(request: HttpRequest) -> HttpResponse:
    """What the meeting that is being typed would collide with, as far as it is known yet."""
    asked = request.GET.get("meeting", "")
    meeting = None
    if asked.isdecimal() and len(asked) < 12:
        meeting = Meeting.objects.visible_to(request.user).filter(pk=asked).first()
    form = MeetingForm(request.GET, instance=meeting, user=request.user)
    form.is_valid()
    known = form.cleaned_data
    found = []
    if known.get("starts_at"):
        found = find_conflicts(
            commune=known.get("commune"),
            venue_ar=known.get("venue_ar", ""),
            venue_fr=known.get("venue_fr", ""),
            starts_at=known["starts_at"],
            ends_at=known.get("ends_at"),
            director=known.get("director"),
            meeting=meeting,
        )
    return render(request, "events/_conflicts.html", {"conflicts": found})


@requires(Permission.MANAGE_MEETINGS)
def preparation(request: HttpRequest, pk: int) -> HttpResponse:
    """All that is to be ready: room, cards with their boxes, lists, people on duty."""
    meeting = _meeting(request, pk)
    return render(request, "events/preparation.html", _preparation(request, meeting))


@requires(Permission.MANAGE_MEETINGS)
@require_POST
def task_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a line on the preparation list."""
    meeting = _meeting(request, pk)
    form = TaskForm(request.POST)
    if not form.is_valid():
        return render(request, "events/preparation.html", _preparation(request, meeting, task_form=form))
    return _back(
        request, meeting, lambda: actions.add_task(meeting=meeting, by=request.user, **form.cleaned_data)
    )


@requires(Permission.MANAGE_MEETINGS)
@require_POST
def task_tick(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a task is done, or not after all."""
    task = _task(request, pk)
    done = request.POST.get("done") == "yes"
    return _back(request, task.meeting, lambda: actions.tick_task(task=task, done=done, by=request.user))


@requires(Permission.MANAGE_MEETINGS)
@require_POST
def task_date(request: HttpRequest, pk: int) -> HttpResponse:
    """Say until when a task is to be done."""
    task = _task(request, pk)
    form = DueForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(error for errors in form.errors.values() for error in errors))
        return redirect("events:preparation", pk=task.meeting_id)
    return _back(
        request, task.meeting, lambda: actions.date_task(task=task, by=request.user, **form.cleaned_data)
    )


@requires(Permission.MANAGE_MEETINGS)
@require_POST
def task_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a line off the list."""
    task = _task(request, pk)
    return _back(request, task.meeting, lambda: actions.remove_task(task=task, by=request.user))


@requires(Permission.MANAGE_MEETINGS)
@require_POST
def duty_give(request: HttpRequest, pk: int) -> HttpResponse:
    """Put somebody on duty."""
    meeting = _meeting(request, pk)
    form = DutyForm(request.POST, meeting=meeting)
    if not form.is_valid():
        return render(request, "events/preparation.html", _preparation(request, meeting, duty_form=form))
    return _back(
        request, meeting, lambda: actions.give_duty(meeting=meeting, by=request.user, **form.cleaned_data)
    )


@requires(Permission.MANAGE_MEETINGS)
@require_POST
def duty_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Take somebody off duty."""
    duty = get_object_or_404(Duty.objects.visible_to(request.user).select_related("meeting", "user"), pk=pk)
    return _back(request, duty.meeting, lambda: actions.end_duty(duty=duty, by=request.user))


@requires(Permission.MANAGE_MEETINGS)
def template_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a meeting as a pattern for others."""
    meeting = _meeting(request, pk)
    kept = MeetingTemplate.objects.filter(source=meeting).first()
    known = {"name_ar": meeting.title_ar, "name_fr": meeting.title_fr}
    if kept:
        known = {"name_ar": kept.name_ar, "name_fr": kept.name_fr, "version": kept.version}
    form = NamesForm(request.POST or None, initial=known)
    theirs: list[dict] = []
    if request.method == "POST" and form.is_valid():
        try:
            actions.keep_as_template(meeting=meeting, by=request.user, **form.cleaned_data)
        except ChangedMeanwhile as error:
            messages.error(request, str(error))
            theirs = on_top_of(form, MeetingTemplate.objects.get(source=meeting), form.fields)
        else:
            messages.success(request, _("New meetings may follow this one."))
            return redirect("events:meeting", pk=meeting.pk)
    return render(request, "events/template_form.html", {"meeting": meeting, "form": form, "theirs": theirs})


@requires(Permission.MANAGE_MEETINGS)
def printed_list(request: HttpRequest, pk: int, name: str) -> HttpResponseBase:
    """The door's list or the card desk's, on paper: what works when nothing else does."""
    meeting = _meeting(request, pk)
    if name not in LISTS:
        raise Http404
    try:
        content = list_pdf(meeting, name)
    except ActionRefused as error:
        messages.error(request, str(error))
        return redirect("events:preparation", pk=meeting.pk)
    return serve_made(content, content_type="application/pdf", filename=f"{name}-{meeting.pk}.pdf")


def _told(request: HttpRequest, meeting: Meeting, *, tell: bool) -> HttpResponse:
    state = _("The meeting is now: %(state)s.") % {"state": meeting.get_state_display()}
    messages.success(request, state)
    if tell:
        try:
            mailing = actions.start_mailing(
                meeting=meeting, occasion=Occasion.NOTICE, first_channel=Channel.SMS, by=request.user
            )
        except ActionRefused as error:
            # Nobody was told of the meeting yet, so that nobody is to be told.
            messages.info(request, str(error))
        else:
            return redirect("events:mailing", pk=mailing.pk)
    return redirect("events:meeting", pk=meeting.pk)


def _preparation(request: HttpRequest, meeting: Meeting, **forms) -> dict:
    boxes = boxes_to_bring(meeting)
    tasks = list(meeting.tasks.select_related("done_by"))
    invited = meeting.invitations.standing().count()
    return {
        "meeting": meeting,
        "tabs": meeting_tabs(meeting, request.user, "preparation"),
        "tasks": tasks,
        "done": sum(task.done_at is not None for task in tasks),
        "late": sum(task.is_late for task in tasks),
        "boxes": boxes,
        "cards": sum(box.cards for box in boxes),
        "invited": invited,
        "too_many": meeting.capacity is not None and invited > meeting.capacity,
        "duties": meeting.duties.select_related("user"),
        "conflicts": find_conflicts(
            commune=meeting.commune,
            venue_ar=meeting.venue_ar,
            venue_fr=meeting.venue_fr,
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
            director=meeting.director,
            meeting=meeting,
        ),
        "can_change": meeting.state not in FINISHED_STATES,
        "most_lines": MOST_LINES,
        "task_form": TaskForm(),
        "duty_form": DutyForm(meeting=meeting),
    } | forms


def _changed_meeting(request: HttpRequest, pk: int, form: OffForm | RescheduleForm):
    """The meeting as it stands by now, and rows that say so above what was typed."""
    stored = _meeting(request, pk)
    form.data = form.data.copy()
    form.data["version"] = str(stored.version)
    rows = [
        {"label": _("State"), "value": stored.get_state_display()},
        {"label": _("Starts"), "value": moment_in_words(stored.starts_at, weekday=True)},
        {"label": _("Venue"), "value": stored.venue},
    ]
    return stored, rows


def _meeting(request: HttpRequest, pk: int) -> Meeting:
    found = Meeting.objects.visible_to(request.user).for_list().select_related("director")
    return get_object_or_404(found, pk=pk)


def _task(request: HttpRequest, pk: int) -> PreparationTask:
    visible = Meeting.objects.visible_to(request.user)
    return get_object_or_404(PreparationTask.objects.select_related("meeting"), pk=pk, meeting__in=visible)


def _back(request: HttpRequest, meeting: Meeting, action) -> HttpResponse:
    try:
        action()
    except ActionRefused as error:
        messages.error(request, str(error))
    return redirect("events:preparation", pk=meeting.pk)


def moves_for(meeting: Meeting) -> list[str]:
    """The names of the steps that a director is offered from here."""
    offered = (*SIMPLE_MOVES, *OFF_MOVES, "reschedule")
    return [move.name for move in lifecycle.MEETING.possible(meeting.state) if move.name in offered]
