"""Reminders to holders whose cards lie in their boxes: many messages, each at most once.

The messages are rows, made when the run is ordered. Workers take them one by one; a run is over when no row
waits any more, so that a killed worker loses nothing and a second one doubles nothing.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Count, Exists, Max, OuterRef, Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from cards import notices
from cards.enums import NoticeKind, NoticeState, RunState
from cards.models import Card, CardNotice, CardRules, ReminderRun
from cards.querysets import CardQuerySet
from core import audit, background
from core.background import Progress
from registry.enums import ACTIVE_STATES

_TASK = "cards.tasks.send_reminders"


def due(region_id: str) -> CardQuerySet:
    """Cards of this region whose holders may be written to now, by the chamber's rules.

    They lie in their boxes, their holders are on the register and can be reached, and were last written to so
    many days ago, and not too often. `reminders` is how often they were.
    """
    rules = CardRules.objects.of(region_id)
    since = timezone.now() - timedelta(days=rules.days_between_reminders)
    any_reminder = Q(notices__kind=NoticeKind.REMINDER)
    sent = any_reminder & ~Q(notices__state=NoticeState.CANCELLED)
    recent = CardNotice.objects.filter(
        card=OuterRef("pk"), kind=NoticeKind.REMINDER, created_at__gte=since
    ).exclude(state=NoticeState.CANCELLED)
    return (
        Card.objects.waiting_for_holder()
        .filter(registrant__region_id=region_id, registrant__state__in=ACTIVE_STATES)
        .exclude(registrant__phone="", registrant__email="")
        .filter(~Exists(recent))
        .annotate(
            reminders=Count("notices", filter=sent),
            last_number=Coalesce(Max("notices__number", filter=any_reminder), Value(0)),
        )
        .filter(reminders__lt=rules.reminders_most)
        .order_by("pk")
    )


def send_all(run_id: int) -> None:
    """Send what is left of a run. Safe to run twice, at once, and to be killed."""
    while (waiting := _next(run_id)) is not None:
        notices.send(waiting)
    finish(run_id)


def finish(run_id: int) -> None:
    """Close a run of which nothing waits any more."""
    with transaction.atomic():
        run = ReminderRun.objects.select_for_update().get(pk=run_id)
        if run.state != RunState.RUNNING or run.notices.filter(state=NoticeState.QUEUED).exists():
            return
        run.state, run.finished_at = RunState.DONE, timezone.now()
        run.save(update_fields=["state", "finished_at"])
        audit.record(
            action="cards.reminders.sent",
            by=None,
            subject=run,
            region_code=run.region_id,
            after={"sent": run.notices.filter(state=NoticeState.SENT).count()},
        )


def enqueue(run: ReminderRun) -> None:
    transaction.on_commit(lambda: background.wake(_TASK, run.pk))


def resume() -> int:
    """Ask for a worker for every run that none is asked for."""
    forgotten = [run for run in ReminderRun.objects.running() if not background.is_queued(_TASK, run.pk)]
    for run in forgotten:
        enqueue(run)
    return len(forgotten)


def progress(run: ReminderRun) -> Progress:
    """Tell how far a run is, from its messages alone."""
    waiting = run.notices.filter(state=NoticeState.QUEUED).count()
    done = run.total - waiting
    if not done or not waiting:
        return Progress(done, run.total, None)
    return Progress(done, run.total, (timezone.now() - run.created_at) * (waiting / done))


def _next(run_id: int) -> int | None:
    waiting = CardNotice.objects.filter(run_id=run_id, state=NoticeState.QUEUED, run__state=RunState.RUNNING)
    return waiting.order_by("pk").values_list("pk", flat=True).first()
