"""Making a batch's files in the background, part by part.

Each finished part lies on the disk under a name of its own and is put there whole: what is done is what is
there, so that a killed worker loses one part. Who works on a file holds an advisory lock, which ends with its
connection to the database.
"""

import logging
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone, translation
from redis.exceptions import RedisError
from rq.timeouts import BaseTimeoutException

from cards import batch_files
from cards.enums import Duplex, FileLayout, FileState
from cards.faces import PictureMissing
from cards.merging import merge_pdfs
from cards.models import BatchFile, Card, CardBatch
from cards.printing import contact, sheets
from cards.printing.bordereau import LANGUAGE, bordereau
from cards.printing.geometry import Adjustment
from cards.printing.imposition import opened, pages_for_printer
from cards.printing.packaging import write_package
from cards.printing.passphrases import unseal
from cards.printing.positions import to_ranges
from core import background
from core.background import Progress

logger = logging.getLogger(__name__)

TASK = "cards.tasks.make_file"
# Whole sheets of ten, and of thirty-two on contact sheets.
CARDS_A_PART = 160
# Tells our advisory locks from anybody else's.
_LOCKS = 0x46494C45
_PASSING = (OperationalError, InterfaceError, BaseTimeoutException, RedisError)

Part = Callable[[], bytes]


def wake(file: BatchFile) -> None:
    """Ask for a worker once the transaction is committed."""
    transaction.on_commit(lambda: background.wake(TASK, file.pk))


def ask_for_usual(batch: CardBatch) -> None:
    """With the cards go their sheets of ten and their hand-over sheets, unasked."""
    ranges = to_ranges(batch.cards.not_left_out().values_list("position", flat=True))
    for layout, duplex in ((FileLayout.SHEETS, Duplex.LONG_EDGE), (FileLayout.BORDEREAU, "")):
        wake(
            BatchFile.objects.create(
                batch=batch, layout=layout, duplex=duplex, ranges=ranges, language=LANGUAGE
            )
        )


def make_file(file_id: int) -> None:
    """Make what is left of a file. Safe to run twice, at once, and to be killed."""
    try:
        with transaction.atomic():
            if _held(file_id):
                _make(file_id)
    except _PASSING:
        raise
    except PictureMissing as error:
        _stopped(file_id, f"picture {error}")
    except Exception as error:
        logger.exception("file %s of a batch stopped", file_id)
        _stopped(file_id, type(error).__name__)
    if BatchFile.objects.filter(pk=file_id, state=FileState.CANCELLED).exists():
        discard(file_id)


def resume(batch_id: int | None = None) -> int:
    """Ask for a worker for every unfinished file (of this batch) that nobody works on; return how many."""
    waiting = BatchFile.objects.waiting()
    if batch_id is not None:
        waiting = waiting.filter(batch_id=batch_id)
    forgotten = [
        file for file in waiting if not background.is_queued(TASK, file.pk) and not _worked_on(file.pk)
    ]
    for file in forgotten:
        wake(file)
    return len(forgotten)


def progress(file: BatchFile) -> Progress:
    """How many cards the finished parts hold; the same after a restart."""
    if file.state == FileState.MADE:
        return Progress(file.count, file.count, None)
    with suppress(OSError):
        done = sum(1 for part in batch_files.parts_directory(file.pk).iterdir() if part.suffix == ".pdf")
        return Progress(min(done * _part_size(file), file.count), file.count, None)
    return Progress(0, file.count, None)


def discard(file_id: int) -> None:
    """Remove the parts of a file, which were only a step on the way."""
    shutil.rmtree(batch_files.parts_directory(file_id), ignore_errors=True)


def _held(file_id: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [_LOCKS, file_id])
        return cursor.fetchone()[0]


def _worked_on(file_id: int) -> bool:
    with transaction.atomic():
        return not _held(file_id)


def _stopped(file_id: int, error: str) -> None:
    BatchFile.objects.filter(pk=file_id, state=FileState.PENDING).update(last_error=error, sealed="")


def _goes_on(file_id: int) -> bool:
    return BatchFile.objects.waiting().filter(pk=file_id).exists()


def _make(file_id: int) -> None:
    file = BatchFile.objects.waiting().select_related("batch__region__chamber").filter(pk=file_id).first()
    if file is None:
        return
    name = batch_files.file_name(file)
    with translation.override(file.language):
        # All cards of a batch are its own file; of some of them there is none yet.
        whole = file.layout == FileLayout.PACKAGE and file.count == file.batch.cards_total
        parts = [batch_files.path_of(file.batch.file.name)] if whole else _made_parts(file)
        if not parts:
            return
        with batch_files.put_in_place(name) as path:
            if file.layout != FileLayout.PACKAGE:
                merge_pdfs(parts, path)
            else:
                pages = parts[0] if whole else _pages_together(file, parts)
                write_package(path, pages, _cards(file), unseal(file.sealed))
    made = {
        "state": FileState.MADE,
        "file": name,
        "size": batch_files.path_of(name).stat().st_size,
        "sha256": batch_files.digest(name),
        "made_at": timezone.now(),
        "sealed": "",
    }
    if not BatchFile.objects.waiting().filter(pk=file_id).update(**made):
        batch_files.path_of(name).unlink(missing_ok=True)
    transaction.on_commit(lambda: discard(file_id))


def _made_parts(file: BatchFile) -> list[Path]:
    """Every part of a file, those that were missing made now; none where the file was given up meanwhile."""
    made = []
    for number, part in enumerate(_parts(file), start=1):
        if not _goes_on(file.pk):
            return []
        name = batch_files.part_name(file.pk, number)
        if not batch_files.path_of(name).exists():
            content = part()
            with batch_files.put_in_place(name) as path:
                path.write_bytes(content)
        made.append(batch_files.path_of(name))
    return made


def _pages_together(file: BatchFile, parts: list[Path]) -> Path:
    """The parts of a package's pages as one file, beside them until the package is made."""
    name = batch_files.part_name(file.pk, 0)
    with batch_files.put_in_place(name) as path:
        merge_pdfs(parts, path)
    return batch_files.path_of(name)


def _cards(file: BatchFile) -> list[Card]:
    return list(file.batch.cards.filter(position__in=file.positions).order_by("position"))


def _part_size(file: BatchFile) -> int:
    """Cards a part; a box's hand-over sheets are a part each, however many cards are in it."""
    if file.layout != FileLayout.BORDEREAU:
        return CARDS_A_PART
    boxes = file.batch.cards.filter(position__in=file.positions).values("box").distinct().count()
    return -(-file.count // max(boxes, 1))


def _parts(file: BatchFile) -> Iterator[Part]:
    if file.layout == FileLayout.BORDEREAU:
        yield from _boxes(file)
        return
    positions = file.positions
    for start in range(0, len(positions), CARDS_A_PART):
        yield partial(_pages, file, positions[start : start + CARDS_A_PART], start, len(positions))


def _pages(file: BatchFile, positions: list[int], start: int, total: int) -> bytes:
    title = file.batch.name
    with opened(*batch_files.drawn(file.batch)) as source:
        if file.layout in (FileLayout.CARDS, FileLayout.PACKAGE):
            return pages_for_printer(source, positions, Adjustment(**file.adjustment))
        if file.layout == FileLayout.SHEETS:
            a_sheet = sheets.CARDS_A_SHEET
            return sheets.sheets(
                source,
                positions,
                Duplex(file.duplex),
                title=title,
                first_sheet=start // a_sheet + 1,
                sheets_total=-(-total // a_sheet),
            )
        a_sheet = contact.CARDS_A_SHEET
        cards = file.batch.cards.filter(position__in=positions).order_by("position")
        return contact.contact_sheets(
            source,
            [contact.Shown(*row) for row in cards.values_list("position", "box", "slot", "fitting")],
            title=title,
            first_sheet=start // a_sheet + 1,
            sheets_total=-(-total // a_sheet),
        )


def _boxes(file: BatchFile) -> Iterator[Part]:
    cards = file.batch.cards.filter(position__in=file.positions).order_by("box", "slot")
    boxes = list(cards.order_by("box").values_list("box", flat=True).distinct())
    for box in boxes:
        yield partial(_box, file, box, len(boxes), cards)


def _box(file: BatchFile, box: int, boxes: int, cards) -> bytes:
    batch = file.batch
    dated = timezone.localdate(batch.finished_at or batch.created_at)
    chamber = batch.region.chamber
    return bordereau(batch, box, boxes, list(cards.filter(box=box)), chamber=chamber, dated=dated)
