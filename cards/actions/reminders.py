"""Holders written to about cards that wait for them."""

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from cards import reminders
from cards.enums import NoticeKind, NoticeState, RunState
from cards.models import CardNotice, ReminderRun
from core import audit
from core.exceptions import ActionRefused
from core.models import Region, User

# Rows an INSERT carries.
_ROWS = 1000


def start_reminders(*, region: Region, communes: QuerySet | None, by: User) -> ReminderRun:
    """Write to the holders of this region whose cards wait, or of these communes only.

    Raises:
        ActionRefused: nobody is to be written to now, or another run of this region is under way.
    """
    try:
        with transaction.atomic():
            return _start(region, communes, by)
    except IntegrityError as error:
        raise ActionRefused(_("Reminders are being sent already. Wait until they are done.")) from error


@transaction.atomic
def cancel_reminders(*, run: ReminderRun, by: User) -> ReminderRun:
    """Send no more of this run; what is sent stays sent.

    Raises:
        ActionRefused: it is over.
    """
    locked = ReminderRun.objects.select_for_update().get(pk=run.pk)
    if locked.state != RunState.RUNNING:
        raise ActionRefused(_("These reminders are sent or cancelled already."))
    left = locked.notices.filter(state=NoticeState.QUEUED).update(state=NoticeState.CANCELLED)
    locked.state, locked.finished_at = RunState.CANCELLED, timezone.now()
    locked.save(update_fields=["state", "finished_at"])
    _record(locked, "cards.reminders.cancelled", by, {"cancelled": left})
    return locked


@transaction.atomic
def count_as_not_sent(*, run: ReminderRun, by: User) -> int:
    """Let those be written to again of whose message nobody knows whether it went out; return how many.

    Raises:
        ActionRefused: there is none, or somebody did it meanwhile.
    """
    locked = ReminderRun.objects.select_for_update().get(pk=run.pk)
    freed = locked.notices.filter(state=NoticeState.UNKNOWN).update(state=NoticeState.FAILED)
    if not freed:
        raise ActionRefused(_("Of every message it is known whether it was sent."))
    _record(locked, "cards.reminders.freed", by, {"holders": freed})
    return freed


def _start(region: Region, communes: QuerySet | None, by: User) -> ReminderRun:
    cards = reminders.due(region.pk)
    if communes is not None:
        cards = cards.filter(registrant__commune__in=communes)
    chosen = list(cards.values_list("pk", "last_number"))
    if not chosen:
        raise ActionRefused(_("Nobody is to be written to now."))
    run = ReminderRun.objects.create(region=region, total=len(chosen), created_by=by)
    CardNotice.objects.bulk_create(
        [CardNotice(card_id=pk, kind=NoticeKind.REMINDER, number=last + 1, run=run) for pk, last in chosen],
        batch_size=_ROWS,
    )
    _record(run, "cards.reminders.started", by, {"holders": run.total})
    reminders.enqueue(run)
    return run


def _record(run: ReminderRun, action: str, by: User, after: dict) -> None:
    audit.record(action=action, by=by, subject=run, region_code=run.region_id, after=after)
