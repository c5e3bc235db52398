"""The answer to an invitation, by the link in the letter: open to whoever holds it, without signing in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from core.exceptions import ActionRefused
from core.rate_limits import Limit, count
from events.actions import answer_invitation
from events.actions.invitations import OVER
from events.enums import Answer
from events.forms.invitations import OwnAnswerForm
from events.models import Invitation

# A link cannot be guessed: this only keeps one address from using up the server.
VISITS = Limit("invitation-answers", 300)


@login_not_required
@never_cache
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """What the letter's code opens: the meeting's facts, and three answers."""
    if not count(request, VISITS):
        return render(request, "events/answer_unknown.html", {"too_many": True}, status=429)
    invitation = Invitation.objects.by_token(token)
    if invitation is None:
        return render(request, "events/answer_unknown.html", {"too_many": False}, status=404)
    meeting = invitation.meeting
    given = invitation.answer != Answer.NONE
    form = OwnAnswerForm(
        request.POST if request.method == "POST" else None,
        initial={
            "answer": invitation.answer if given else "",
            "delegate_name": invitation.delegate_name,
            "delegate_title": invitation.delegate_title,
        },
    )
    is_open = meeting.state not in OVER
    if request.method == "POST" and form.is_valid():
        try:
            answer_invitation(invitation=invitation, **form.cleaned_data)
        except ActionRefused as error:
            messages.error(request, str(error))
        else:
            messages.success(
                request, _("Thank you: your answer is noted. You may change it until the meeting.")
            )
            return redirect("invitation:answer", token=invitation.token)
    response = render(
        request,
        "events/answer.html",
        {"invitation": invitation, "meeting": meeting, "form": form, "given": given, "is_open": is_open},
    )
    # The address is the key: it goes to nobody else. Without any referrer a browser could not send the form.
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex"
    return response
