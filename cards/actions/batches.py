"""Batches cancelled, taken up again, downloaded."""

from django.db import OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cards import batch_files, batches
from cards.actions.composing import record_batch
from cards.actions.files import remove_files
from cards.actions.reasons import given_reason
from cards.actions.requests import release_requests
from cards.enums import UNFINISHED_STATES, BatchState
from cards.lifecycle import BATCH
from cards.models import CardBatch
from cards.moving import move_cards
from core.exceptions import ActionRefused
from core.models import User


@transaction.atomic
def cancel_batch(*, batch: CardBatch, reason: str, by: User) -> CardBatch:
    """Give a batch up before any card of it is printed: its cards are void, its files are removed, and the
    requests they came of are approved again. Blanks spoiled on the way stay counted.

    Raises:
        ActionRefused: no reason, a card is printed, closed or cancelled already, or being worked on this very
            moment.
    """
    why = given_reason(reason)
    locked = _lock_at_rest(batch)
    move = BATCH.check("cancel", locked.state)
    if locked.cards.past_printing().exists():
        raise ActionRefused(
            _("Cards of this batch are printed: leave the others out of it one by one, and close it.")
        )
    before, file = {"state": locked.state}, locked.file.name
    locked.state, locked.finished_at = BatchState(move.to), timezone.now()
    locked.file, locked.file_sha256 = "", ""
    locked.blanks_left = locked.blanks_in - locked.spoiled
    locked.save(update_fields=["state", "finished_at", "file", "file_sha256", "blanks_left"])
    void = move_cards(locked.cards.all(), "cancel", by=by, stopped_at=timezone.now(), stop_reason=why)
    release_requests(void)
    remove_files(locked)
    told = {"cards": len(void)}
    if locked.blanks_in:
        told |= {"blanks": locked.blanks_in, "spoiled": locked.spoiled, "left": locked.blanks_left}
    record_batch(locked, "cards.batch.cancelled", by, before, told, reason=why)
    transaction.on_commit(lambda: batch_files.discard_batch(locked.pk, file))
    return locked


@transaction.atomic
def retry_batch(*, batch: CardBatch, by: User) -> CardBatch:
    """Go on with a batch that stopped on an error: every chunk that is not made is tried again."""
    locked = CardBatch.objects.select_for_update().get(pk=batch.pk)
    if locked.state not in UNFINISHED_STATES or not locked.last_error:
        raise ActionRefused(_("This batch did not stop on an error."))
    before = {"error": locked.last_error}
    locked.last_error = ""
    locked.save(update_fields=["last_error"])
    locked.chunks.exclude(last_error="").update(last_error="")
    record_batch(locked, "cards.batch.retried", by, before, {})
    batches.enqueue(locked)
    return locked


def record_download(*, batch: CardBatch, by: User) -> None:
    """Somebody took the batch's file: each time is kept."""
    record_batch(batch, "cards.batch.downloaded", by, {}, {"sha256": batch.file_sha256})


def _lock_at_rest(batch: CardBatch) -> CardBatch:
    """The batch under its lock; a worker that merges holds it, which nobody should have to wait for."""
    try:
        with transaction.atomic():
            return CardBatch.objects.select_for_update(nowait=True).get(pk=batch.pk)
    except OperationalError as error:
        raise ActionRefused(_("This batch is being worked on this very moment. Try again.")) from error
