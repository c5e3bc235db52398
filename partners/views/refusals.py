"""Refusals that holders told of or partners wrote, and what the chamber does about them."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.audit_labels import label_of
from core.exceptions import ActionRefused
from core.models import AuditEvent
from core.permissions import requires
from core.roles import Permission
from partners import actions
from partners.enums import FollowUpState
from partners.figures.refusals import refusals_by_partner, refusals_by_region
from partners.filters.refusals import RefusalsForm
from partners.forms.refusals import SettleForm, VersionForm
from partners.models import Feedback

PAGE_SIZE = 25


@requires(Permission.VIEW_PARTNERSHIPS)
@require_safe
def refusal_list(request: HttpRequest) -> HttpResponse:
    """The queue, oldest first."""
    form = RefusalsForm(request.GET, user=request.user)
    refusals = form.apply(Feedback.objects.visible_to(request.user).refusals())
    refusals = refusals.oldest_first().with_refusal_columns()
    page = Paginator(refusals, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "chips": form.chips(request.GET)}
    return render(request, "partners/refusals/list.html", context)


@requires(Permission.VIEW_PARTNERSHIPS)
@require_safe
def refusal_counts(request: HttpRequest) -> HttpResponse:
    """How many of each partner and, for those who see several, of each region."""
    refusals = Feedback.objects.visible_to(request.user).refusals()
    sections = [refusals_by_partner(refusals)]
    if request.user.sees_all_regions:
        sections.append(refusals_by_region(refusals))
    return render(request, "partners/refusals/counts.html", {"sections": sections})


@requires(Permission.VIEW_PARTNERSHIPS)
@require_safe
def refusal(request: HttpRequest, pk: int) -> HttpResponse:
    found = _refusal(request, pk)
    return _page(request, found, SettleForm(initial={"version": found.version}))


@requires(Permission.FOLLOW_REFUSALS)
@require_POST
def refusal_take(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = _refusal(request, pk), VersionForm(request.POST)
    # Without its version the form is none of ours: it is then as old as can be.
    version = form.cleaned_data["version"] if form.is_valid() else 0
    _tell(
        request,
        lambda: actions.take_refusal(refusal=found, version=version, by=request.user),
        _("The refusal is in your hands."),
    )
    return redirect("partners:refusal", pk)


@requires(Permission.FOLLOW_REFUSALS)
@require_POST
def refusal_settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Settle it; what was typed stays when a colleague was quicker."""
    found, form = _refusal(request, pk), SettleForm(request.POST)
    if form.is_valid():
        try:
            actions.settle_refusal(refusal=found, by=request.user, **form.cleaned_data)
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The refusal is settled."))
            return redirect("partners:refusal", pk)
    # What is shown is what stands now: sent again, it is meant for that.
    found = _refusal(request, pk)
    form.data = request.POST.copy()
    form.data["version"] = found.version
    return _page(request, found, form)


def _refusal(request: HttpRequest, pk: int) -> Feedback:
    refusals = Feedback.objects.visible_to(request.user).refusals().with_refusal_columns()
    return get_object_or_404(refusals.select_related("registrant", "referral"), pk=pk)


def _tell(request: HttpRequest, act: Callable, done: str) -> None:
    try:
        act()
    except ActionRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, done)


def _page(request: HttpRequest, found: Feedback, form: SettleForm) -> HttpResponse:
    may_follow = request.user.can(Permission.FOLLOW_REFUSALS)
    is_settled = found.follow_up == FollowUpState.SETTLED
    mine = found.follow_up == FollowUpState.IN_HAND and found.followed_by_id == request.user.pk
    context = {
        "refusal": found,
        "form": form,
        "can_settle": may_follow and not is_settled,
        "can_take": may_follow and not is_settled and not mine,
        # A name is the register's: those who follow refusals for partners alone do without.
        "sees_holder": request.user.can(Permission.VIEW_REGISTER),
        "history": _history(found),
    }
    return render(request, "partners/refusals/refusal.html", context)


def _history(found: Feedback) -> list[dict]:
    """Items of `components/timeline.html`; of the first one only that it was told, not by whom."""
    told = {
        "title": _("The partner refused the request") if found.by_partner else _("The holder told of it"),
        "when": found.said_at,
        "by": "",
        "text": "",
        "kind": "warning",
    }
    followed = AuditEvent.objects.about(found).filter(action__startswith="partners.refusal.")
    return [
        told,
        *(
            {
                "title": label_of(event.action),
                "when": event.happened_at,
                "by": event.actor,
                "text": "",
                "kind": "success" if event.action.endswith("settled") else "info",
            }
            for event in followed.order_by("happened_at", "pk")
        ),
    ]
