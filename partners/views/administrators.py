"""The administrators of a partner, as partnership staff open their accounts."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.exceptions import ActionRefused
from core.permissions import requires
from core.roles import Permission
from partners import actions
from partners.forms.space import AdministratorForm
from partners.models import Partner, PartnerAgent
from partners.views.agents import password_once


@requires(Permission.MANAGE_OFFERS)
def administrators(request: HttpRequest, pk: int) -> HttpResponse:
    """Who administers a partner's space, and a form to open one more."""
    partner = get_object_or_404(Partner, pk=pk)
    form = AdministratorForm(request.POST or None, partner=partner, by=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            agent, password = actions.open_agent(
                partner=partner,
                username=form.cleaned_data["username"],
                by=request.user,
                **form.arguments(),
            )
        except (ActionRefused, ValidationError) as error:
            form.add_error(None, str(error))
        else:
            return password_once(request, agent, password, _page(pk))
    listed = PartnerAgent.objects.of_partner(partner).administrators().with_list_columns()
    context = {"partner": partner, "form": form, "administrators": listed}
    return render(request, "partners/administrators.html", context)


@requires(Permission.MANAGE_OFFERS)
@require_POST
def administrator_reset(request: HttpRequest, pk: int) -> HttpResponse:
    """For an administrator who lost the password or the telephone."""
    agent = _found(pk)
    try:
        password = actions.reset_agent(agent=agent, by=request.user)
    except ActionRefused as error:
        messages.error(request, str(error))
        return redirect(_page(agent.partner_id))
    return password_once(request, agent, password, _page(agent.partner_id))


@requires(Permission.MANAGE_OFFERS)
@require_POST
def administrator_close(request: HttpRequest, pk: int) -> HttpResponse:
    agent = _found(pk)
    try:
        actions.close_agent(agent=agent, reason=request.POST.get("reason", "")[:500], by=request.user)
    except ActionRefused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The account is closed."))
    return redirect(_page(agent.partner_id))


def _page(partner_id: int) -> str:
    return reverse("partner_space:administrators", args=[partner_id])


def _found(pk: int) -> PartnerAgent:
    return get_object_or_404(PartnerAgent.objects.administrators().with_list_columns(), pk=pk)
