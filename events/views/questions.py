"""Questions from the floor, and what was decided and promised."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.exceptions import ActionRefused
from core.permissions import requires
from core.roles import Permission
from events import actions
from events.actions import ChangedMeanwhile
from events.forms.after import FollowUpForm, QuestionForm
from events.models import FollowUp, Meeting, Question
from events.views.meanwhile import on_top_of, sent_number


@requires(Permission.MANAGE_MEETINGS)
def questions(request: HttpRequest, pk: int) -> HttpResponse:
    """All questions of a meeting, with a form for the next."""
    meeting = _meeting(request, pk)
    form = QuestionForm(request.POST or None, meeting=meeting)
    if request.method == "POST" and form.is_valid():
        try:
            actions.note_question(meeting=meeting, fields=_fields(form), by=request.user)
        except ActionRefused as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The question is noted."))
            return redirect("events:questions", pk=pk)
    asked = meeting.questions.with_answerers()
    return render(request, "events/questions.html", {"meeting": meeting, "form": form, "questions": asked})


@requires(Permission.MANAGE_MEETINGS)
def question(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a question or answer it; somebody else's change is shown, never overwritten."""
    asked = get_object_or_404(
        Question.objects.visible_to(request.user).select_related("meeting__region"), pk=pk
    )
    form = QuestionForm(request.POST or None, instance=asked, meeting=asked.meeting)
    theirs: list[dict] = []
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            actions.change_question(question=asked, fields=_fields(form), version=version, by=request.user)
        except ChangedMeanwhile as error:
            messages.error(request, str(error))
            theirs = on_top_of(form, Question.objects.with_answerers().get(pk=pk), form.Meta.fields)
        except ActionRefused as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The question is changed."))
            return redirect("events:questions", pk=asked.meeting_id)
    context = {"meeting": asked.meeting, "form": form, "question": asked, "theirs": theirs}
    return render(request, "events/question.html", context)


@requires(Permission.MANAGE_MEETINGS)
def promise(request: HttpRequest, pk: int) -> HttpResponse:
    """Who answers a question later, and by when."""
    asked = get_object_or_404(
        Question.objects.visible_to(request.user).select_related("meeting__region"), pk=pk
    )
    initial = {"text": asked.text, "owner_name": asked.answerer_words}
    form = FollowUpForm(request.POST or None, initial=initial, meeting=asked.meeting)
    if request.method == "POST" and form.is_valid():
        try:
            actions.promise_answer(question=asked, fields=_fields(form), by=request.user)
        except ActionRefused as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The follow-up is entered."))
            return redirect("events:questions", pk=asked.meeting_id)
    return _follow_up_page(request, asked.meeting, form, asked.text)


@requires(Permission.MANAGE_MEETINGS)
def decision_new(request: HttpRequest, pk: int) -> HttpResponse:
    """A decision of the meeting, with its owner and date."""
    meeting = _meeting(request, pk)
    form = FollowUpForm(request.POST or None, meeting=meeting)
    if request.method == "POST" and form.is_valid():
        try:
            actions.decide(meeting=meeting, fields=_fields(form), by=request.user)
        except ActionRefused as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The follow-up is entered."))
            return redirect("events:minutes", pk=pk)
    return _follow_up_page(request, meeting, form, "")


@requires(Permission.MANAGE_MEETINGS)
def follow_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is to be done, by whom and when."""
    known = get_object_or_404(
        FollowUp.objects.visible_to(request.user).select_related("meeting__region"), pk=pk
    )
    form = FollowUpForm(request.POST or None, instance=known, meeting=known.meeting)
    theirs: list[dict] = []
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            actions.change_follow_up(follow_up=known, fields=_fields(form), version=version, by=request.user)
        except ChangedMeanwhile as error:
            messages.error(request, str(error))
            theirs = on_top_of(form, FollowUp.objects.select_related("owner").get(pk=pk), form.Meta.fields)
        except ActionRefused as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The follow-up is changed."))
            return redirect("events:follow_ups")
    return _follow_up_page(request, known.meeting, form, "", theirs)


@requires(Permission.MANAGE_MEETINGS)
def follow_ups(request: HttpRequest) -> HttpResponse:
    """What is still to be done after the region's meetings, the latest first; done things behind a tab."""
    known = FollowUp.objects.visible_to(request.user).for_list()
    is_done = request.GET.get("done") == "yes"
    shown = known.filter(done_on__isnull=False).order_by("-done_on")[:200] if is_done else known.open()
    tabs = [
        {"label": _("To do"), "url": "?", "active": not is_done, "count": known.open().count()},
        {"label": _("Done"), "url": "?done=yes", "active": is_done},
    ]
    context = {"follow_ups": shown, "tabs": tabs, "today": timezone.localdate()}
    return render(request, "events/follow_ups.html", context)


@requires(Permission.MANAGE_MEETINGS)
@require_POST
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what came of a follow-up."""
    known = get_object_or_404(FollowUp.objects.visible_to(request.user), pk=pk)
    try:
        actions.finish_follow_up(
            follow_up=known,
            outcome=request.POST.get("reason", ""),
            version=sent_number(request, "version"),
            by=request.user,
        )
    except ActionRefused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Done."))
    return redirect("events:follow_ups")


def _meeting(request: HttpRequest, pk: int) -> Meeting:
    return get_object_or_404(Meeting.objects.visible_to(request.user).for_list(), pk=pk)


def _fields(form) -> dict:
    return {name: form.cleaned_data[name] for name in form.Meta.fields}


def _follow_up_page(
    request: HttpRequest, meeting: Meeting, form: FollowUpForm, asked: str, theirs: Sequence[dict] = ()
) -> HttpResponse:
    context = {"meeting": meeting, "form": form, "asked": asked, "theirs": theirs}
    return render(request, "events/follow_up.html", context)
