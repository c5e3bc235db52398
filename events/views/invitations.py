"""Who is invited to a meeting: the list in order of protocol, groups, answers, letters."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from core.exceptions import ActionRefused
from core.permissions import requires
from core.roles import Permission
from core.validators import record_key
from events import actions
from events.actions import ChangedMeanwhile
from events.enums import (
    FINISHED_STATES,
    Answer,
    GroupSource,
    MeetingState,
)
from events.forms.invitations import AnswerForm, GroupForm, LettersForm
from events.models import Guest, GuestGroup, Invitation, Meeting
from events.tabs import meeting_tabs
from events.views.meanwhile import sent_number

PAGE_SIZE = 50
FOUND = 20


@requires(Permission.MANAGE_MEETINGS)
def invitations(request: HttpRequest, pk: int) -> HttpResponse:
    """The list in order of protocol, with answers; a search is a POST, since it holds names."""
    meeting = _meeting(request, pk)
    text, answer = request.POST.get("q", "")[:120], request.GET.get("answer", "")
    standing = meeting.invitations.standing()
    found = standing.search(text).with_people().order_by("position")
    if answer in Answer:
        found = found.filter(answer=answer)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    counts = standing.answers()
    context = {
        "meeting": meeting,
        "tabs": meeting_tabs(meeting, request.user, "invitations"),
        "page": page,
        "text": text,
        "answer": answer,
        "count": page.paginator.count,
        "answers": [
            {"label": choice.label, "code": choice.value, "count": counts.get(choice.value, 0)}
            for choice in Answer
        ],
        "invited": sum(counts.values()),
        "groups": meeting.guest_groups.all(),
        "mailings": meeting.mailings.all()[:5],
        "letter_files": meeting.letter_files.all()[:3],
        "letters_form": LettersForm(meeting=meeting),
        "can_change": meeting.state not in (*FINISHED_STATES, MeetingState.HELD),
    }
    return render(request, "events/invitations.html", context)


@requires(Permission.MANAGE_MEETINGS)
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose guests from the directory; whoever is invited already is not offered."""
    meeting = _meeting(request, pk)
    text = request.POST.get("q", "")[:120]
    invited = meeting.invitations.filter(guest__isnull=False).values("guest_id")
    free = Guest.objects.visible_to(request.user).active().exclude(pk__in=invited)
    if request.method == "POST" and "q" not in request.POST:
        chosen = free.filter(
            pk__in=[key for text in request.POST.getlist("guest") if (key := record_key(text))]
        )
        done = 0
        for guest in chosen.order_by("pk"):
            try:
                actions.invite_guest(meeting=meeting, guest=guest, by=request.user)
                done += 1
            except ActionRefused as error:
                messages.error(request, f"{guest}: {error}")
        if done:
            messages.success(
                request, ngettext("%(n)s guest is invited.", "%(n)s guests are invited.", done) % {"n": done}
            )
            return redirect("events:invitations", pk=meeting.pk)
        if not chosen:
            messages.error(request, _("Choose at least one guest."))
    page = Paginator(free.search(text).for_list().order_by("institution__name_ar", "pk"), FOUND).get_page(
        request.GET.get("page")
    )
    return render(request, "events/invite.html", {"meeting": meeting, "page": page, "text": text})


@requires(Permission.MANAGE_MEETINGS)
def invite_group(request: HttpRequest, pk: int) -> HttpResponse:
    """Invite everybody of a group who is not invited yet."""
    meeting = _meeting(request, pk)
    form = GroupForm(request.POST or None, meeting=meeting)
    if request.method == "POST" and form.is_valid():
        try:
            group, invited, already = actions.invite_group(
                meeting=meeting, by=request.user, **form.for_action()
            )
        except ActionRefused as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _group_words(group, invited, already))
            return redirect("events:invitations", pk=meeting.pk)
    return render(request, "events/invite_group.html", {"meeting": meeting, "form": form})


@requires(Permission.MANAGE_MEETINGS)
@require_POST
def place(request: HttpRequest, pk: int) -> HttpResponse:
    """Give somebody another place in the order of protocol."""
    invitation = _invitation(request, pk)
    wanted = request.POST.get("position", "")
    if wanted.isdecimal() and len(wanted) < 7:
        seen = sent_number(request, "seen")
        _try(
            request,
            lambda: actions.place_invitation(
                invitation=invitation, position=int(wanted), seen=seen, by=request.user
            ),
        )
    else:
        messages.error(request, _("Give a place as a number."))
    return redirect("events:invitations", pk=invitation.meeting_id)


@requires(Permission.MANAGE_MEETINGS)
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an invitation back."""
    invitation = _invitation(request, pk)
    done = _("The invitation is withdrawn.")
    _try(request, lambda: actions.withdraw_invitation(invitation=invitation, by=request.user), done)
    return redirect("events:invitations", pk=invitation.meeting_id)


@requires(Permission.MANAGE_MEETINGS)
@require_POST
def renew_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the link of a letter void: it fell into other hands. The next letter has the new one."""
    invitation = _invitation(request, pk)
    done = _("The old link is void. Print the letter again, or write again: it holds the new one.")
    _try(request, lambda: actions.renew_invitation_link(invitation=invitation, by=request.user), done)
    return redirect("events:enter_answer", pk=invitation.pk)


@requires(Permission.MANAGE_MEETINGS)
def enter_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter what somebody answered by telephone or on paper."""
    invitation = _invitation(request, pk)
    form = AnswerForm(
        request.POST if request.method == "POST" else None,
        initial={
            "answer": invitation.answer,
            "delegate_name": invitation.delegate_name,
            "delegate_title": invitation.delegate_title,
        },
    )
    seen, theirs = actions.answer_mark(invitation), []
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_invitation(
                invitation=invitation, seen=request.POST.get("seen", ""), by=request.user, **form.cleaned_data
            )
        except ChangedMeanwhile as error:
            messages.error(request, str(error))
            invitation = _invitation(request, pk)
            seen, theirs = actions.answer_mark(invitation), _stored_answer(invitation)
        except ActionRefused as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The answer is noted."))
            return redirect("events:invitations", pk=invitation.meeting_id)
    # Shown again for another reason, the page still says what it was opened on.
    seen = seen if theirs else request.POST.get("seen", seen)
    context = {"invitation": invitation, "form": form, "seen": seen, "theirs": theirs}
    return render(request, "events/answer_entered.html", context)


def _meeting(request: HttpRequest, pk: int) -> Meeting:
    return get_object_or_404(Meeting.objects.visible_to(request.user).for_list(), pk=pk)


def _invitation(request: HttpRequest, pk: int) -> Invitation:
    found = Invitation.objects.visible_to(request.user).with_people().select_related("meeting")
    return get_object_or_404(found, pk=pk)


def _stored_answer(invitation: Invitation) -> list[dict]:
    """The answer that came meanwhile, in one row."""
    words = [invitation.get_answer_display(), invitation.delegate_name, invitation.delegate_title]
    return [{"label": _("Reply"), "value": " · ".join(filter(None, words))}]


def _try(request: HttpRequest, action, done: str = "") -> None:
    try:
        action()
    except ActionRefused as error:
        messages.error(request, str(error))
    else:
        if done:
            messages.success(request, done)


def _group_words(group: GuestGroup, invited: int, already: int) -> str:
    if group.source == GroupSource.ANNOUNCED:
        return _("The group stands in the programme.")
    words = ngettext("%(n)s person is invited.", "%(n)s people are invited.", invited) % {"n": invited}
    if already:
        told = ngettext("%(n)s was invited already.", "%(n)s were invited already.", already) % {"n": already}
        words = f"{words} {told}"
    return words
