"""Making a batch: many workers, each with one chunk in its hands, and nothing lost when one is killed.

A worker holds the row lock of the chunk that it is making, and nothing else says who works on what. When it
dies, the database drops its connection and with it the lock, and the chunk is anybody's again. So there is no
lease to run out, no clock to trust, and Redis may forget everything.
"""

import logging

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from redis.exceptions import RedisError
from rq.timeouts import BaseTimeoutException

from cards import batch_files
from cards.card_design.face import CardFace
from cards.enums import UNFINISHED_STATES, BatchState, CardState, ChunkState
from cards.faces import PictureMissing, printed_face, words_of
from cards.merging import merge_pdfs
from cards.models import BatchChunk, BatchFile, Card, CardBatch
from cards.printing import files
from cards.printing.geometry import BLEED_MM
from cards.rendering import render_cards
from core import audit, background
from core.background import Progress

logger = logging.getLogger(__name__)

# How many workers a batch asks for. More do no harm; they find nothing to do.
WORKERS_A_BATCH = 2
# Chunks from whose pace the time left is told.
RECENT_CHUNKS = 10
_TASK = "cards.tasks.make_batch"
# What is kept of a composition that the people chosen no longer allow.
NOT_COMPOSED = "composition"
_PICTURE = "picture"
# Not the cards' fault: the job fails, and the queue hands it out again.
_PASSING = (OperationalError, InterfaceError, BaseTimeoutException, RedisError)


def enqueue(batch: CardBatch) -> None:
    """Ask for workers once the transaction is committed; without Redis, `resume_unfinished` asks later."""
    transaction.on_commit(lambda: background.wake(_TASK, batch.pk, workers=_workers_for(batch)))


def make_batch(batch_id: int) -> None:
    """Make what is left of a batch, then put it together. Safe to run twice, at once, and to be killed."""
    if not _start(batch_id):
        return
    try:
        while _make_next_chunk(batch_id) or _chunks_were_lost(batch_id):
            pass
        _put_together(batch_id)
    except _PASSING:
        raise
    except Exception as error:
        logger.exception("batch %s stopped", batch_id)
        CardBatch.objects.unfinished().filter(pk=batch_id).update(last_error=_error_code(error))
    if CardBatch.objects.filter(pk=batch_id, state=BatchState.CANCELLED).exists():
        batch_files.discard_chunks(batch_id)


def resume_unfinished(batch_id: int | None = None) -> int:
    """Ask for workers for every unfinished batch (or this one) that nobody works on; return how many.

    One that stopped on an error waits for somebody to look at it.
    """
    batches = CardBatch.objects.unfinished().filter(last_error="")
    if batch_id is not None:
        batches = batches.filter(pk=batch_id)
    forgotten = [
        batch for batch in batches if not _worked_on(batch) and not background.is_queued(_TASK, batch.pk)
    ]
    for batch in forgotten:
        enqueue(batch)
    return len(forgotten)


def progress(batch: CardBatch) -> Progress:
    """Tell how far a batch is, from its chunks alone: the same after a restart, in another tab, tomorrow."""
    if batch.state == BatchState.MADE:
        return Progress(batch.cards_total, batch.cards_total, None)
    made = sorted((c for c in batch.chunks.all() if c.state == ChunkState.MADE), key=lambda c: c.made_at)
    done = sum(chunk.size for chunk in made)
    recent = made[-RECENT_CHUNKS:]
    if len(recent) > 1:
        since, counted = recent[0].made_at, sum(chunk.size for chunk in recent[1:])
    else:
        since, counted = batch.started_at, done
    if not counted or since is None:
        return Progress(done, batch.cards_total, None)
    return Progress(
        done, batch.cards_total, (recent[-1].made_at - since) * ((batch.cards_total - done) / counted)
    )


def error_words(batch: CardBatch | BatchChunk | BatchFile) -> str:
    """Why a batch, a chunk or a file stopped, in the reader's language and without anybody's name."""
    if batch.last_error == NOT_COMPOSED:
        return _(
            "Not everybody chosen can be given a card any more: somebody got one meanwhile, left the"
            " register, or has no photograph. Nothing was made. Cancel this batch and choose again."
        )
    code, _space, serial = batch.last_error.partition(" ")
    if code == _PICTURE:
        return _("A picture of card %(serial)s is missing or damaged.") % {"serial": serial}
    return _("The cards could not be drawn (%(error)s).") % {"error": serial or code}


def failed_serial(chunk: BatchChunk) -> str:
    """The card for whose picture a chunk stopped; nothing where it stopped for something else."""
    code, _space, serial = chunk.last_error.partition(" ")
    return serial if code == _PICTURE else ""


def _workers_for(batch: CardBatch) -> int:
    """One composes it, where that is still to be done."""
    return max(1, min(WORKERS_A_BATCH, batch.chunks.count()))


def _worked_on(batch: CardBatch) -> bool:
    """Whether somebody holds one of the batch's locks."""
    with transaction.atomic():
        waiting = _waiting(batch.pk)
        free = len(waiting.select_for_update(skip_locked=True).values_list("pk"))
        at_rest = CardBatch.objects.filter(pk=batch.pk).select_for_update(skip_locked=True).exists()
        return not at_rest or free < waiting.count()


def _start(batch_id: int) -> bool:
    with transaction.atomic():
        batch = CardBatch.objects.unfinished().select_for_update().filter(pk=batch_id).first()
        if batch is not None and batch.state == BatchState.QUEUED:
            batch.state, batch.started_at = BatchState.RUNNING, timezone.now()
            batch.save(update_fields=["state", "started_at"])
        return batch is not None and batch.state == BatchState.RUNNING and not batch.last_error


def _make_next_chunk(batch_id: int) -> bool:
    """Make one chunk under its row lock; false when none is left or the batch is not to go on.

    A chunk that cannot be made is set aside with its error, and the others go on.
    """
    chunk = None
    try:
        with transaction.atomic():
            chunk = _claim(batch_id)
            if chunk is None:
                return _waiting(batch_id).exists()
            return _goes_on(batch_id) and _make(chunk)
    except _PASSING:
        raise
    except Exception as error:
        if chunk is None:
            raise
        logger.exception("chunk %s of batch %s stopped", chunk.number, batch_id)
        _waiting(batch_id).filter(pk=chunk.pk).update(last_error=_error_code(error))
        return True


def _make(chunk: BatchChunk) -> bool:
    positions = range(chunk.first_position, chunk.last_position + 1)
    cards = Card.objects.filter(batch_id=chunk.batch_id, position__in=positions).order_by("position")
    content = render_cards([_face(card) for card in cards], bleed_mm=BLEED_MM)
    if not _goes_on(chunk.batch_id):
        return False
    name = batch_files.chunk_name(chunk.batch_id, chunk.number)
    with batch_files.put_in_place(name) as path:
        path.write_bytes(content)
    chunk.file.name, chunk.state, chunk.made_at = name, ChunkState.MADE, timezone.now()
    chunk.save(update_fields=["file", "state", "made_at"])
    return True


def _waiting(batch_id: int) -> QuerySet[BatchChunk]:
    return BatchChunk.objects.filter(batch_id=batch_id, state=ChunkState.PENDING, last_error="")


def _claim(batch_id: int) -> BatchChunk | None:
    """Lock a chunk that nobody holds; else wait for one that somebody holds, in case its worker dies."""
    waiting = _waiting(batch_id).order_by("number")
    free = waiting.select_for_update(skip_locked=True).first()
    return free or waiting.select_for_update().first()


def _chunks_were_lost(batch_id: int) -> bool:
    """Whether files of finished chunks are gone, which are then to be made again."""
    with transaction.atomic():
        if not CardBatch.objects.unfinished().select_for_update().filter(pk=batch_id, last_error="").exists():
            return False
        made = BatchChunk.objects.filter(batch_id=batch_id, state=ChunkState.MADE)
        lost = [chunk.pk for chunk in made if not batch_files.path_of(chunk.file.name).exists()]
        return bool(made.filter(pk__in=lost).update(state=ChunkState.PENDING, file="", made_at=None))


def _goes_on(batch_id: int) -> bool:
    return CardBatch.objects.filter(pk=batch_id, state=BatchState.RUNNING, last_error="").exists()


def _face(card: Card) -> CardFace:
    try:
        return printed_face(card)
    except PictureMissing as error:
        if card.state != CardState.IN_BATCH:
            # Left out: its page keeps the others in their places, and nobody prints it.
            return words_of(card)
        raise PictureMissing(card.serial) from error


def _put_together(batch_id: int) -> None:
    """Merge the chunks under the batch's lock; whose cards are all there is ready to print."""
    with transaction.atomic():
        batch = CardBatch.objects.select_for_update().get(pk=batch_id)
        chunks = list(batch.chunks.order_by("number"))
        if batch.state not in UNFINISHED_STATES or batch.last_error:
            return
        unmade = [chunk for chunk in chunks if chunk.state == ChunkState.PENDING]
        if unmade:
            if all(chunk.last_error for chunk in unmade):
                batch.last_error = unmade[0].last_error
                batch.save(update_fields=["last_error"])
            return
        name = batch_files.batch_name(batch_id)
        with batch_files.put_in_place(name) as path:
            merge_pdfs([batch_files.path_of(chunk.file.name) for chunk in chunks], path)
        batch.file.name, batch.file_sha256 = name, batch_files.digest(name)
        batch.state, batch.finished_at = BatchState.MADE, timezone.now()
        batch.save(update_fields=["file", "file_sha256", "state", "finished_at"])
        files.ask_for_usual(batch)
        audit.record(
            action="cards.batch.made",
            by=None,
            subject=batch,
            region_code=batch.region_id,
            after={"cards": batch.cards_total, "sha256": batch.file_sha256},
        )


def _error_code(error: Exception) -> str:
    """What may be kept of an error: its kind, and the card's serial where it is one card's fault."""
    if isinstance(error, PictureMissing):
        return f"{_PICTURE} {error}"
    return f"rendering {type(error).__name__}"
