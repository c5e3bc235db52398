"""Erasing at the end of retention: a report first, then what it lists."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core import background
from core.exceptions import ActionRefused
from core.permissions import requires
from core.roles import Permission
from registry.actions.retention import approve_retention, cancel_retention, prepare_retention
from registry.enums import RetentionOutcome, RetentionState
from registry.forms.people_data import RegionForm
from registry.models import RetentionRun
from registry.tasks import ERASE

PAGE_SIZE = 50


@requires(Permission.ERASE_DATA)
def retention_list(request: HttpRequest) -> HttpResponse:
    """The reports so far, and a new one."""
    form = RegionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            run = prepare_retention(region_id=form.cleaned_data["region"].pk, by=request.user)
        except ActionRefused as refusal:
            form.add_error("region", str(refusal))
        else:
            return redirect("registry:retention_run", pk=run.pk)
    runs = (
        RetentionRun.objects.visible_to(request.user)
        .select_related("region", "prepared_by", "approved_by")
        .annotate(size=Count("entries"))
        .order_by("-pk")
    )
    page = Paginator(runs, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "registry/retention.html", {"form": form, "page": page})


@requires(Permission.ERASE_DATA)
@require_safe
def retention_run(request: HttpRequest, pk: int) -> HttpResponse:
    """What one report would erase, or has erased."""
    run = _run(request, pk)
    entries = run.entries.all()
    context = {
        "run": run,
        "page": Paginator(entries, PAGE_SIZE).get_page(request.GET.get("page")),
        "total": entries.count(),
        "done": entries.exclude(outcome=RetentionOutcome.WAITING).count(),
        "is_prepared": run.state == RetentionState.PREPARED,
        "is_running": run.state == RetentionState.RUNNING,
        "can_export": request.user.can(Permission.EXPORT_REGISTER),
        "one": f"of={run.pk}",
    }
    return render(request, "registry/retention_run.html", context)


@requires(Permission.ERASE_DATA)
@require_POST
def retention_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Have a report carried out; pressed again while it runs, it goes on where it was."""
    run = _run(request, pk)
    try:
        with transaction.atomic():
            approve_retention(run=run, by=request.user)
            transaction.on_commit(lambda: background.wake(ERASE, run.pk))
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The report is being carried out."))
    return redirect("registry:retention_run", pk=pk)


@requires(Permission.ERASE_DATA)
@require_POST
def retention_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    run = _run(request, pk)
    try:
        cancel_retention(run=run, by=request.user)
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("registry:retention_run", pk=pk)


def _run(request: HttpRequest, pk: int) -> RetentionRun:
    return get_object_or_404(RetentionRun.objects.visible_to(request.user), pk=pk)
