"""Suspension and striking off: the list, one proceeding, and a page for each step."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.exceptions import ActionRefused
from core.permissions import requires
from core.roles import Permission
from registry import actions
from registry.enums import GroundProcedure, ProceedingKind
from registry.filters_queues import ProceedingFilter
from registry.forms.received import ReceivedForm
from registry.forms.standing import AppealDecisionForm, GroundedForm, ProceedingDecisionForm
from registry.models import Proceeding, Registrant
from registry.next_steps import steps_of_proceeding

PAGE_SIZE = 25


@requires(Permission.DECIDE_APPLICATION)
@require_safe
def proceeding_list(request: HttpRequest) -> HttpResponse:
    """What waits: decisions first, then appeals, replies, and what is over."""
    asked = ProceedingFilter(request.GET, user=request.user)
    context = {
        "tabs": [
            {
                "label": asked.STATES[state],
                "url": f"?state={state}",
                "active": state == asked.state,
                "count": rows.count(),
            }
            for state, rows in asked.by_state.items()
        ],
        "chosen": asked.state,
        "page": Paginator(asked.rows().with_list_columns(), PAGE_SIZE).get_page(request.GET.get("page")),
        "today": timezone.localdate(),
        "can_export": request.user.can(Permission.EXPORT_REGISTER),
    }
    return render(request, "registry/proceedings.html", context)


@requires(Permission.DECIDE_APPLICATION)
@require_safe
def proceeding(request: HttpRequest, pk: int) -> HttpResponse:
    """One proceeding with everything said in it, and what can be done next."""
    found = _proceeding(request, pk)
    today = timezone.localdate()
    context = {
        "proceeding": found,
        "registrant": found.registrant,
        "today": today,
        "steps": steps_of_proceeding(found, user=request.user, today=today),
        "letters": found.letters.all(),
    }
    return render(request, "registry/proceeding.html", context)


@requires(Permission.DECIDE_STANDING)
def notice(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    registrant = _registrant(request, pk)
    procedure = GroundProcedure(kind)
    form = GroundedForm(request.POST or None, region_id=registrant.region_id, procedure=procedure)

    def give():
        return actions.give_notice(registrant=registrant, kind=kind, by=request.user, **form.cleaned_data)

    texts = {
        ProceedingKind.SUSPENSION: _("Give notice of a suspension"),
        ProceedingKind.STRIKING_OFF: _("Give notice of a striking off"),
    }
    context = {
        "title": texts[kind],
        "lead": _("Nothing changes on the register yet: the person is told, and may reply within the time."),
        "submit": _("Give the notice"),
        "registrant": registrant,
    }
    return _step(request, form, give, _("The notice is given. Hand over or send the letter."), context)


@requires(Permission.DECIDE_APPLICATION)
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    found = _proceeding(request, pk)
    form = ReceivedForm(request.POST or None, request.FILES or None, user=request.user)

    def keep():
        return actions.record_reply(proceeding=found, by=request.user, **form.cleaned_data)

    context = {"title": _("Record the reply"), "submit": _("Record the reply"), "proceeding": found}
    return _step(request, form, keep, _("The reply is recorded."), context)


@requires(Permission.DECIDE_STANDING)
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    found = _proceeding(request, pk)
    against = {
        ProceedingKind.SUSPENSION: _("Suspend the registration"),
        ProceedingKind.STRIKING_OFF: _("Strike off the register"),
    }[found.kind]
    form = ProceedingDecisionForm(
        request.POST or None,
        region_id=found.registrant.region_id,
        procedure=GroundProcedure(found.kind),
        against=against,
        initial={"ground": found.notice_ground_id},
    )

    def decide():
        wanted = form.cleaned_data
        if wanted["outcome"] == "drop":
            return actions.drop_proceeding(proceeding=found, reason=wanted["reason"], by=request.user)
        return actions.decide_proceeding(
            proceeding=found, ground=wanted["ground"], reason=wanted["reason"], by=request.user
        )

    context = {"title": _("Decision"), "submit": _("Confirm the decision"), "proceeding": found}
    return _step(request, form, decide, _("The decision is taken. Hand over or send the letter."), context)


@requires(Permission.DECIDE_APPLICATION)
def appeal(request: HttpRequest, pk: int) -> HttpResponse:
    found = _proceeding(request, pk)
    form = ReceivedForm(request.POST or None, request.FILES or None, user=request.user)

    def keep():
        return actions.record_appeal(proceeding=found, by=request.user, **form.cleaned_data)

    context = {"title": _("Record an appeal"), "submit": _("Record the appeal"), "proceeding": found}
    return _step(request, form, keep, _("The appeal is recorded: another person decides on it."), context)


@requires(Permission.DECIDE_STANDING)
def appeal_decision(request: HttpRequest, pk: int) -> HttpResponse:
    found = _proceeding(request, pk)
    form = AppealDecisionForm(
        request.POST or None, region_id=found.registrant.region_id, procedure=GroundProcedure.APPEAL
    )

    def decide():
        wanted = form.cleaned_data
        return actions.decide_appeal(
            proceeding=found,
            upheld=wanted["outcome"] == "uphold",
            ground=wanted["ground"],
            reason=wanted["reason"],
            by=request.user,
        )

    context = {"title": _("Decide on the appeal"), "submit": _("Confirm the decision"), "proceeding": found}
    return _step(request, form, decide, _("The decision is taken. Hand over or send the letter."), context)


@requires(Permission.DECIDE_STANDING)
def reinstatement(request: HttpRequest, pk: int) -> HttpResponse:
    registrant = _registrant(request, pk)
    form = GroundedForm(
        request.POST or None, region_id=registrant.region_id, procedure=GroundProcedure.REINSTATEMENT
    )

    def bring_back():
        return actions.reinstate(registrant=registrant, by=request.user, **form.cleaned_data)

    context = {
        "title": _("Reinstate"),
        "lead": _("The person stands on the register again, under the same number."),
        "submit": _("Reinstate"),
        "registrant": registrant,
    }
    return _step(request, form, bring_back, _("The person is reinstated."), context)


def _step(
    request: HttpRequest,
    form: Form,
    act: Callable[[], Proceeding | Registrant],
    done: str,
    context: dict,
) -> HttpResponse:
    """One page, one step: what was typed stays when the step is refused."""
    if request.method == "POST" and form.is_valid():
        try:
            result = act()
        except ActionRefused as error:
            messages.error(request, str(error))
        else:
            messages.success(request, done)
            if isinstance(result, Proceeding):
                return redirect("registry:proceeding", pk=result.pk)
            return redirect("registry:detail", pk=result.pk)
    if request.method == "POST" and isinstance(form, ReceivedForm):
        form.keep_uploads()
        context["kept_count"] = len(form.scans)
    found = context.get("proceeding")
    registrant = context.pop("registrant", None) or found.registrant
    return render(
        request,
        "registry/proceeding_step.html",
        {"form": form, "registrant": registrant, "proceeding": found, "lead": "", "kept_count": 0, **context},
    )


def _registrant(request: HttpRequest, pk: int) -> Registrant:
    return get_object_or_404(Registrant.objects.visible_to(request.user), pk=pk)


def _proceeding(request: HttpRequest, pk: int) -> Proceeding:
    proceedings = Proceeding.objects.visible_to(request.user).with_whole_way()
    return get_object_or_404(proceedings, pk=pk)
