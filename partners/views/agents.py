"""A partner's agents, as its own administrator manages them. A password that was given is shown once."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.exceptions import ActionRefused
from core.models import AuditEvent
from core.permissions import requires
from core.roles import Permission
from partners import actions
from partners.acting import as_agent
from partners.forms.space import AgentForm
from partners.models import PartnerAgent

PAGE_SIZE = 25
HISTORY_SIZE = 20


@requires(Permission.MANAGE_PARTNER_SPACE)
@require_safe
@as_agent
def agent_list(request: HttpRequest, admin: PartnerAgent) -> HttpResponse:
    agents = PartnerAgent.objects.of_partner(admin.partner).with_list_columns()
    page = Paginator(agents, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "partners/space/agents.html", {"admin": admin, "page": page})


@requires(Permission.MANAGE_PARTNER_SPACE)
@as_agent
def agent_new(request: HttpRequest, admin: PartnerAgent) -> HttpResponse:
    form = AgentForm(request.POST or None, partner=admin.partner, by=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            agent, password = actions.open_agent(
                partner=admin.partner,
                username=form.cleaned_data["username"],
                by=request.user,
                **form.arguments(),
            )
        except (ActionRefused, ValidationError) as error:
            form.add_error(None, _words(error))
        else:
            return password_once(request, agent, password, reverse("partner_space:agent", args=[agent.pk]))
    return render(request, "partners/space/agent.html", {"admin": admin, "form": form, "found": None})


@requires(Permission.MANAGE_PARTNER_SPACE)
@as_agent
def agent(request: HttpRequest, admin: PartnerAgent, pk: int) -> HttpResponse:
    """Who an agent is and what was done to the account."""
    found = _found(admin, pk)
    form = AgentForm(request.POST or None, partner=admin.partner, by=request.user, agent=found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_agent(agent=found, by=request.user, **form.arguments())
        except (ActionRefused, ValidationError) as error:
            form.add_error(None, _words(error))
        else:
            messages.success(request, _("The account is saved."))
            return redirect("partner_space:agent", pk)
    context = {
        "admin": admin,
        "form": form,
        "found": found,
        "history": AuditEvent.objects.about(found.user)[:HISTORY_SIZE],
    }
    return render(request, "partners/space/agent.html", context)


@requires(Permission.MANAGE_PARTNER_SPACE)
@require_POST
@as_agent
def agent_close(request: HttpRequest, admin: PartnerAgent, pk: int) -> HttpResponse:
    found = _found(admin, pk)
    reason = request.POST.get("reason", "")[:500]
    return _done(
        request,
        pk,
        lambda: actions.close_agent(agent=found, reason=reason, by=request.user),
        _("The account is closed."),
    )


@requires(Permission.MANAGE_PARTNER_SPACE)
@require_POST
@as_agent
def agent_reopen(request: HttpRequest, admin: PartnerAgent, pk: int) -> HttpResponse:
    found = _found(admin, pk)
    return _done(
        request,
        pk,
        lambda: actions.reopen_agent(agent=found, by=request.user),
        _("The account is open again."),
    )


@requires(Permission.MANAGE_PARTNER_SPACE)
@require_POST
@as_agent
def agent_reset(request: HttpRequest, admin: PartnerAgent, pk: int) -> HttpResponse:
    """For somebody who lost the password or the telephone."""
    found = _found(admin, pk)
    try:
        password = actions.reset_agent(agent=found, by=request.user)
    except ActionRefused as error:
        messages.error(request, str(error))
        return redirect("partner_space:agent", pk)
    return password_once(request, found, password, reverse("partner_space:agent", args=[pk]))


def password_once(request: HttpRequest, agent: PartnerAgent, password: str, next_url: str) -> HttpResponse:
    context = {"agent": agent, "password": password, "next_url": next_url}
    return render(request, "partners/space/password.html", context)


def _done(request: HttpRequest, pk: int, act: Callable[[], PartnerAgent], words: str) -> HttpResponse:
    try:
        act()
    except ActionRefused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, words)
    return redirect("partner_space:agent", pk)


def _found(admin: PartnerAgent, pk: int) -> PartnerAgent:
    return get_object_or_404(PartnerAgent.objects.of_partner(admin.partner).with_list_columns(), pk=pk)


def _words(error: ActionRefused | ValidationError) -> str:
    return " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
