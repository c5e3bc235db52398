"""Writing to those invited, and their letters: started, followed, stopped."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core import background
from core.exceptions import ActionRefused
from core.media import serve_protected
from core.permissions import requires
from core.roles import Permission
from events import actions, sending
from events import letters as file_of_letters
from events.enums import Channel, DeliveryState, MailingState, Occasion
from events.forms.invitations import LettersForm, MailingForm
from events.models import LetterFile, Mailing, Meeting


@requires(Permission.MANAGE_MEETINGS)
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Write to those invited: who is reached how, before anything is sent."""
    meeting = _meeting(request, pk)
    form = MailingForm(request.POST or None, initial={"occasion": Occasion.INVITATION})
    if request.method == "POST" and form.is_valid():
        try:
            mailing = actions.start_mailing(
                meeting=meeting,
                occasion=Occasion(form.cleaned_data["occasion"]),
                first_channel=Channel(form.cleaned_data["first_channel"]),
                by=request.user,
            )
        except ActionRefused as error:
            messages.error(request, str(error))
        else:
            return redirect("events:mailing", pk=mailing.pk)
    return render(request, "events/write.html", {"meeting": meeting, "form": form})


@requires(Permission.MANAGE_MEETINGS)
def mailing(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a run is, and whom it did not reach."""
    shown = _mailing(request, pk)
    if shown.state == MailingState.RUNNING:
        background.look_after(f"mailing-{shown.pk}", lambda: sending.resume(shown.pk))
    counts = shown.deliveries.counts()
    waiting = counts.get(DeliveryState.PENDING, 0) + counts.get(DeliveryState.CLAIMED, 0)
    total = sum(counts.values())
    context = {
        "mailing": shown,
        "meeting": shown.meeting,
        "total": total,
        "done": total - waiting,
        "finished": shown.state != MailingState.RUNNING,
        "kind": {MailingState.DONE: "success", MailingState.CANCELLED: "neutral"}.get(shown.state, ""),
        "counts": [
            {"label": state.label, "count": counts[state]} for state in DeliveryState if counts.get(state)
        ],
    }
    if request.htmx:
        return render(request, "events/_mailing_progress.html", context)
    context["not_arrived"] = shown.deliveries.not_arrived()
    return render(request, "events/mailing.html", context)


@requires(Permission.MANAGE_MEETINGS)
@require_POST
def mailing_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop a run."""
    shown = _mailing(request, pk)
    actions.cancel_mailing(mailing=shown, by=request.user)
    return redirect("events:mailing", pk=shown.pk)


@requires(Permission.MANAGE_MEETINGS)
@require_POST
def mailing_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Send again to those whom a run did not reach."""
    shown = _mailing(request, pk)
    try:
        actions.try_again(mailing=shown, by=request.user)
    except ActionRefused as error:
        messages.error(request, str(error))
    return redirect("events:mailing", pk=shown.pk)


@requires(Permission.MANAGE_MEETINGS)
@require_POST
def letters_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the letters put into one file."""
    meeting = _meeting(request, pk)
    form = LettersForm(request.POST, meeting=meeting)
    if not form.is_valid():
        messages.error(request, _("Choose the language and who is meant."))
        return redirect("events:invitations", pk=meeting.pk)
    try:
        made = actions.start_letters(meeting=meeting, by=request.user, **form.cleaned_data)
    except ActionRefused as error:
        messages.error(request, str(error))
        return redirect("events:invitations", pk=meeting.pk)
    return redirect("events:letters", pk=made.pk)


@requires(Permission.MANAGE_MEETINGS)
def letters(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a file of letters is, and the file."""
    made = _letters(request, pk)
    if made.state == MailingState.RUNNING:
        background.look_after(f"letters-{made.pk}", lambda: file_of_letters.resume(made.pk))
    context = {"letters": made, "meeting": made.meeting, "finished": made.state != MailingState.RUNNING}
    context["kind"] = "success" if made.state == MailingState.DONE else ""
    return render(
        request, "events/_letters_progress.html" if request.htmx else "events/letters.html", context
    )


@requires(Permission.MANAGE_MEETINGS)
@require_POST
def letters_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop making a file of letters."""
    made = _letters(request, pk)
    actions.cancel_letters(letters=made, by=request.user)
    return redirect("events:letters", pk=made.pk)


@requires(Permission.MANAGE_MEETINGS)
def letters_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The letters, once all are made."""
    made = _letters(request, pk)
    if made.state != MailingState.DONE:
        raise Http404
    return serve_protected(made.file, content_type="application/pdf")


def _meeting(request: HttpRequest, pk: int) -> Meeting:
    return get_object_or_404(Meeting.objects.visible_to(request.user).for_list(), pk=pk)


def _mailing(request: HttpRequest, pk: int) -> Mailing:
    return get_object_or_404(Mailing.objects.visible_to(request.user).select_related("meeting"), pk=pk)


def _letters(request: HttpRequest, pk: int) -> LetterFile:
    return get_object_or_404(LetterFile.objects.visible_to(request.user).select_related("meeting"), pk=pk)
