"""A partner's counter: a card in hand, its answer, and nothing more about its holder."""

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from core.permissions import requires
from core.roles import Permission
from partners.actions import check_rights
from partners.forms import CheckForm
from partners.models import Partner


@requires(Permission.CHECK_BENEFITS)
def check_card(request: HttpRequest) -> HttpResponse:
    """Answer by POST, so that no card's number stays in an address or a server's log."""
    partner = Partner.objects.acted_for_by(request.user)
    form = CheckForm(request.POST or None)
    answer, status = None, 200
    if request.method == "POST" and partner and form.is_valid():
        if ratelimit.consume(request, action="check_benefits"):
            answer = check_rights(text=form.cleaned_data["card"], partner=partner, by=request.user)
            form = CheckForm()
        else:
            form.add_error("card", _("Too many checks in a short time. Wait a minute, then try again."))
            status = 429
    context = {"partner": partner, "form": form, "answer": answer}
    return render(request, "partners/agent.html", context, status=status)
