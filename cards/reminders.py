"""Reminders to holders whose cards lie in their boxes: many messages, each at most once.

The messages are rows, made when the run is ordered. Workers take them one by one; a run is over when no row
waits any more, so that a killed worker loses nothing and a second one doubles nothing.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import (
    Count,
    DateTimeField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    Max,
    OuterRef,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from cards import notices
from cards.enums import NOT_SENT_STATES, NoticeKind, NoticeState, RunState
from cards.models import Card, CardNotice, CardRules, ReminderRun
from cards.querysets import CardQuerySet
from core import audit, background
from core.background import Progress
from core.models import User
from registry.enums import ACTIVE_STATES

_TASK = "cards.tasks.send_reminders"


def due(region_id: str | None = None) -> CardQuerySet:
    """Cards of this region, or of all, whose holders may be written to now, by their chambers' rules.

    They lie in their boxes, their holders are on the register and can be reached, and were last written to so
    many days ago, and not too often. What did not reach them does not count. `reminders` is how often they
    were written to, `last_number` the number of the last message, sent or not.
    """
    of_card = CardNotice.objects.filter(card=OuterRef("pk"), kind=NoticeKind.REMINDER).order_by()
    sent = of_card.exclude(state__in=NOT_SENT_STATES)
    days = ExpressionWrapper(_rule("days_between_reminders") * timedelta(days=1), DurationField())
    waiting = Card.objects.waiting_for_holder().filter(registrant__state__in=ACTIVE_STATES)
    if region_id is not None:
        waiting = waiting.filter(registrant__region_id=region_id)
    return (
        waiting.exclude(registrant__phone="", registrant__email="")
        .annotate(quiet_since=ExpressionWrapper(Value(timezone.now()) - days, DateTimeField()))
        .filter(~Exists(sent.filter(created_at__gte=OuterRef("quiet_since"))))
        .annotate(
            reminders=Coalesce(Subquery(sent.values("card").annotate(n=Count("pk")).values("n")), 0),
            last_number=Coalesce(Subquery(of_card.values("card").annotate(n=Max("number")).values("n")), 0),
        )
        .filter(reminders__lt=_rule("reminders_most"))
        .order_by("pk")
    )


def due_by_region(user: User) -> dict[str, int]:
    """How many may be written to now in each region that `user` sees and that has any."""
    found = due().visible_to(user).order_by().values("registrant__region_id")
    return dict(found.annotate(n=Count("pk")).values_list("registrant__region_id", "n"))


def send_all(run_id: int) -> None:
    """Send what is left of a run. Safe to run twice, at once, and to be killed."""
    while (waiting := _next(run_id)) is not None:
        notices.send(waiting)
    finish(run_id)


def finish(run_id: int) -> None:
    """Close a run of which nothing waits any more, and say of which messages nobody knows what became."""
    with transaction.atomic():
        run = ReminderRun.objects.select_for_update().get(pk=run_id)
        if run.state != RunState.RUNNING or run.notices.filter(state=NoticeState.QUEUED).exists():
            return
        in_hand = run.notices.filter(state=NoticeState.SENDING)
        left_behind = list(in_hand.select_for_update(skip_locked=True).values_list("pk", flat=True))
        run.notices.filter(pk__in=left_behind).update(state=NoticeState.UNKNOWN)
        if in_hand.exists():
            # Another worker's, who closes the run.
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


def resume(run_id: int | None = None) -> int:
    """Ask for a worker for every run (or this one) that nobody works on; return how many."""
    runs = ReminderRun.objects.running()
    if run_id is not None:
        runs = runs.filter(pk=run_id)
    forgotten = [run for run in runs if not background.is_queued(_TASK, run.pk) and not _worked_on(run)]
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


def _worked_on(run: ReminderRun) -> bool:
    """Whether some worker has a message of it in its hands, whose row it has locked."""
    with transaction.atomic():
        in_hand = run.notices.filter(state=NoticeState.SENDING)
        return len(in_hand.select_for_update(skip_locked=True).values_list("pk")) < in_hand.count()


def _rule(name: str) -> Coalesce:
    """A rule of the card's chamber; the working value where it has set none."""
    working = CardRules._meta.get_field(name).default
    return Coalesce(F(f"registrant__region__card_rules__{name}"), Value(working))


def _next(run_id: int) -> int | None:
    waiting = CardNotice.objects.filter(run_id=run_id, state=NoticeState.QUEUED, run__state=RunState.RUNNING)
    return waiting.order_by("pk").values_list("pk", flat=True).first()
