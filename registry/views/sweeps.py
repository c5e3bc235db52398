"""The search for duplicates through the whole register: started, watched, cancelled."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.background import time_left
from core.exceptions import ActionRefused
from core.permissions import requires
from core.roles import Permission
from registry.actions.sweeping import cancel_sweep, start_sweep, sweep_progress, wake_sweep
from registry.models import DuplicateSweep


@requires(Permission.REVIEW_DUPLICATES)
@require_POST
def sweep_start(request: HttpRequest) -> HttpResponse:
    """Have a worker look through the reader's region, or the country; pressed again, it goes on."""
    with transaction.atomic():
        sweep = start_sweep(by=request.user, region_code=_region(request))
        wake_sweep(sweep)
    return redirect("registry:duplicates")


@requires(Permission.REVIEW_DUPLICATES)
@require_safe
def sweep_state(request: HttpRequest) -> HttpResponse:
    """How far the search is: a part of the queue's page."""
    return render(request, "registry/duplicates/_sweep.html", shown_sweep(request))


@requires(Permission.REVIEW_DUPLICATES)
@require_POST
def sweep_cancel(request: HttpRequest) -> HttpResponse:
    """Stop looking."""
    sweep = _latest(request)
    if sweep is not None:
        try:
            cancel_sweep(sweep=sweep, by=request.user)
        except ActionRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The search is stopped; what it found stays."))
    return redirect("registry:duplicates")


def shown_sweep(request: HttpRequest) -> dict:
    """The latest search of the reader's region as the page shows it."""
    sweep = _latest(request)
    if sweep is None:
        return {"sweep": None, "is_sweeping": False, "progress": None, "time_left": ""}
    progress = sweep_progress(sweep)
    return {
        "sweep": sweep,
        "is_sweeping": sweep.finished_at is None,
        "progress": progress,
        "time_left": time_left(progress),
    }


def _latest(request: HttpRequest) -> DuplicateSweep | None:
    return DuplicateSweep.objects.filter(region_code=_region(request)).first()


def _region(request: HttpRequest) -> str:
    return request.user.region_id or ""
