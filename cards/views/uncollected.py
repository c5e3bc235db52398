"""Cards that nobody fetches: how long they lie, where a caravan would hand over most, and reminders."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRefresh

from cards import actions, reminders, waiting
from cards.enums import NoticeState, RunState
from cards.models import Card, ReminderRun
from cards.views.attempts import attempt
from core import background
from core.background import time_left
from core.exceptions import ActionRefused
from core.models import Chamber, Province, Region
from core.permissions import requires
from core.roles import Permission

PROVINCES_SHOWN = 8
RUNS_SHOWN = 5


@requires(Permission.VIEW_CARDS)
def uncollected(request: HttpRequest) -> HttpResponse:
    """Each commune with its waiting cards by age; every number opens the list behind it."""
    places = waiting.by_commune(Card.objects.visible_to(request.user))
    totals = waiting.by_province(places)
    names = {province.pk: province for province in Province.objects.filter(pk__in=totals)}
    due = reminders.due_by_region(request.user)
    context = {
        "places": places,
        "ages": list(waiting.AGE_LABELS.items()),
        "sums": {age: sum(place.ages[age] for place in places) for age in waiting.AGES},
        "total": sum(totals.values()),
        "provinces": [
            {"province": names[code], "total": total}
            for code, total in list(totals.items())[:PROVINCES_SHOWN]
        ],
        "province_names": names,
        "most": max(totals.values(), default=0),
        "due": [{"region": region, "count": due[region.pk]} for region in Region.objects.filter(pk__in=due)],
        "can_remind": request.user.can(Permission.MAKE_CARDS),
        "of_many_regions": request.user.sees_all_regions,
        "can_schedule": request.user.can(Permission.MANAGE_MEETINGS),
        "runs": ReminderRun.objects.visible_to(request.user).select_related("created_by", "region")[
            :RUNS_SHOWN
        ],
    }
    return render(request, "cards/uncollected.html", context)


@requires(Permission.MAKE_CARDS)
@require_POST
def remind(request: HttpRequest, region_code: str) -> HttpResponse:
    """Write to everybody of a region whose card waits and who may be written to now."""
    chambers = Chamber.objects.visible_to(request.user).select_related("region")
    region = get_object_or_404(chambers, region_id=region_code).region
    try:
        run = actions.start_reminders(region=region, communes=None, by=request.user)
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("cards:uncollected")
    return redirect("cards:reminder_run", pk=run.pk)


@requires(Permission.VIEW_CARDS)
def reminder_run(request: HttpRequest, pk: int) -> HttpResponse:
    """One run while it is under way and when it is over."""
    found = _run(request, pk)
    counts = dict(found.notices.order_by().values_list("state").annotate(Count("pk")))
    context = {
        "run": found,
        "counts": [(state.label, counts.get(state, 0)) for state in NoticeState],
        "unknown": counts.get(NoticeState.UNKNOWN, 0),
        "can_make": request.user.can(Permission.MAKE_CARDS),
        **_progress(found),
    }
    return render(request, "cards/reminder_run.html", context)


@requires(Permission.VIEW_CARDS)
def reminder_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The bar alone, asked for each second."""
    found = _run(request, pk)
    if found.state != RunState.RUNNING:
        return HttpResponseClientRefresh()
    background.look_after(f"reminders-{found.pk}", lambda: reminders.resume(found.pk))
    return render(request, "cards/_reminder_progress.html", {"run": found, **_progress(found)})


@requires(Permission.MAKE_CARDS)
@require_POST
def reminder_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    found = _run(request, pk)
    attempt(
        request,
        lambda: actions.cancel_reminders(run=found, by=request.user),
        _("No more reminders are sent. Those sent stay sent."),
    )
    return redirect("cards:reminder_run", pk=pk)


@requires(Permission.MAKE_CARDS)
@require_POST
def reminder_free(request: HttpRequest, pk: int) -> HttpResponse:
    """Count messages as not sent of which nobody knows, so that their holders may be written to again."""
    found = _run(request, pk)
    attempt(
        request,
        lambda: actions.count_as_not_sent(run=found, by=request.user),
        _("These holders may be written to again."),
    )
    return redirect("cards:reminder_run", pk=pk)


def _run(request: HttpRequest, pk: int) -> ReminderRun:
    visible = ReminderRun.objects.visible_to(request.user).select_related("region", "created_by")
    return get_object_or_404(visible, pk=pk)


def _progress(run: ReminderRun) -> dict:
    told = reminders.progress(run)
    unfinished = run.state == RunState.RUNNING
    return {
        "unfinished": unfinished,
        "progress": told,
        "time_left": time_left(told) if unfinished else "",
    }
