"""Before a batch is printed: held ones let go, one chunk made again, a card's words taken anew."""

from django.db import transaction
from django.utils.translation import gettext as _

from cards import batches
from cards.actions.files import remove_files
from cards.composition import fitting_of
from cards.designs import Look, current_looks, looks
from cards.enums import PRINTABLE_STATES, UNFINISHED_STATES, BatchState, CardState, ChunkState
from cards.faces import face_data
from cards.lifecycle import BATCH
from cards.models import BatchChunk, Card, CardBatch
from core import audit
from core.exceptions import ActionRefused
from core.models import Chamber, User
from registry.models import Registrant


@transaction.atomic
def release_batch(*, batch: CardBatch, by: User) -> CardBatch:
    """Have a batch made although texts do not fit, or after they were mended.

    Raises:
        ActionRefused: it was not held, or somebody released it already.
    """
    locked = CardBatch.objects.select_for_update().get(pk=batch.pk)
    locked.state = BatchState(BATCH.check("release", locked.state).to)
    locked.save(update_fields=["state"])
    _record(locked, "cards.batch.released", by, {"cut": locked.cards.cut().count()})
    batches.enqueue(locked)
    return locked


@transaction.atomic
def retry_chunk(*, chunk: BatchChunk, by: User) -> BatchChunk:
    """Make one chunk again that stopped on an error.

    Raises:
        ActionRefused: it did not stop on one, or the batch is not being made.
    """
    batch = CardBatch.objects.select_for_update().get(pk=chunk.batch_id)
    locked = BatchChunk.objects.select_for_update().get(pk=chunk.pk)
    if batch.state not in UNFINISHED_STATES or not locked.last_error:
        raise ActionRefused(_("These cards did not stop on an error."))
    before = {"error": locked.last_error}
    locked.last_error = batch.last_error = ""
    locked.save(update_fields=["last_error"])
    batch.save(update_fields=["last_error"])
    _record(batch, "cards.batch.retried", by, {"chunk": locked.number}, before)
    batches.enqueue(batch)
    return locked


@transaction.atomic
def refresh_card(*, card: Card, by: User) -> Card:
    """Take what a card says from the register again, after a name was mended; its number and code stay.

    A batch that was made is made again: until one of its cards is printed.

    Raises:
        ActionRefused: the card is printed or left out, or the batch has begun to be printed.
    """
    batch = CardBatch.objects.select_for_update().get(pk=card.batch_id)
    person = Registrant.objects.with_list_columns().get(pk=card.registrant_id)
    locked = Card.objects.select_for_update().get(pk=card.pk)
    if locked.state != CardState.IN_BATCH or batch.good or batch.spoiled:
        raise ActionRefused(
            _("Cards of this batch are printed: leave this one out, and put it in another batch.")
        )
    if batch.state not in (BatchState.HELD, *UNFINISHED_STATES, *PRINTABLE_STATES):
        raise ActionRefused(_("This batch is %(state)s already.") % {"state": batch.get_state_display()})
    locked.face = face_data(
        person,
        _look(batch, person),
        serial=locked.serial,
        token=locked.token,
        issued_on=locked.issued_on,
        valid_until=locked.valid_until,
    )
    locked.photograph = person.photograph.name
    locked.fitting = fitting_of(locked.face)
    locked.save(update_fields=["face", "photograph", "fitting"])
    _make_again(batch, locked)
    audit.record(
        action="cards.card.refreshed",
        by=by,
        subject=locked,
        region_code=batch.region_id,
        after={"fitting": str(locked.fitting)},
    )
    return locked


def _look(batch: CardBatch, person: Registrant) -> Look:
    """The design that the batch was composed with; today's for one composed before designs were kept."""
    if batch.design is not None:
        return looks(batch.design)[person.kind]
    return current_looks(Chamber.objects.get(region_id=batch.region_id))[person.kind]


def _make_again(batch: CardBatch, card: Card) -> None:
    chunk = batch.chunks.filter(first_position__lte=card.position, last_position__gte=card.position)
    # Held by the worker that has it in hand: what it makes is then made once more.
    chunk.update(state=ChunkState.PENDING, file="", made_at=None, last_error="")
    if batch.state in PRINTABLE_STATES:
        batch.state, batch.finished_at = BatchState.RUNNING, None
    batch.last_error = ""
    batch.save(update_fields=["state", "finished_at", "last_error"])
    remove_files(batch)
    if batch.state != BatchState.HELD:
        batches.enqueue(batch)


def _record(batch: CardBatch, action: str, by: User, after: dict, before: dict | None = None) -> None:
    audit.record(
        action=action,
        by=by,
        subject=batch,
        region_code=batch.region_id,
        before=before or {},
        after={"state": batch.state, **after},
    )
