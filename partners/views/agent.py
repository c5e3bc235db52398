"""A partner's counter: a card or a voucher in hand, its answer, and nothing more about its holder."""

from base64 import b64encode

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from core.models import User
from core.permissions import requires
from core.roles import Permission
from partners import counter_forms
from partners.acting import agent_of, partnership_ended
from partners.actions import Answer, check_rights
from partners.forms.counter import CheckForm
from partners.models import OfferUse


@requires(Permission.CHECK_BENEFITS)
def check_card(request: HttpRequest) -> HttpResponse:
    """Answer by POST, so that no card's number stays in an address or a server's log."""
    agent = agent_of(request.user)
    form = CheckForm(request.POST or None)
    answer, status = None, 200
    if request.method == "POST" and agent and form.is_valid():
        if ratelimit.consume(request, action="check_benefits"):
            answer = check_rights(text=form.cleaned_data["card"], partner=agent.partner, by=request.user)
            form = CheckForm()
        else:
            form.add_error("card", _("Too many checks in a short time. Wait a minute, then try again."))
            status = 429
    return render(request, "partners/agent.html", _context(request.user, form, answer), status=status)


def _context(user: User, form: CheckForm, answer: Answer | None) -> dict:
    agent = agent_of(user)
    known = answer is not None and answer.card is not None
    return {
        "agent": agent,
        "ended": agent is None and partnership_ended(user),
        "form": form,
        "answer": answer,
        "shown": counter_forms.sign(answer.card, agent.user) if known else "",
        "photograph": _as_address(answer.photograph) if known and answer.photograph else "",
        "used_today": OfferUse.objects.to_undo_by(agent).count() if agent else 0,
    }


def _as_address(picture: bytes) -> str:
    """The picture inside the page: an address of its own would be one more thing to guard and to log."""
    return f"data:image/jpeg;base64,{b64encode(picture).decode('ascii')}"
