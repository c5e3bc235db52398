"""Files asked for from a batch: for a printer, for the table, for a package; given up; downloaded."""

from dataclasses import asdict

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cards import batch_files
from cards.enums import PRINTABLE_STATES, BatchState, Duplex, FileLayout, FileState
from cards.models import BatchFile, CardBatch, CardPrinter
from cards.printing import files
from cards.printing.geometry import Adjustment
from cards.printing.passphrases import new_passphrase, seal
from cards.printing.positions import to_ranges
from core import audit
from core.exceptions import ActionRefused
from core.models import User


@transaction.atomic
def ask_for_file(
    *,
    batch: CardBatch,
    layout: str,
    by: User,
    duplex: str = "",
    printer: CardPrinter | None = None,
    first: int = 1,
    only_unprinted: bool = False,
) -> tuple[BatchFile, str]:
    """Have a file made; returns it, and a package's passphrase, which is never told again.

    Args:
        first: go on from this card; those before it are left out.
        only_unprinted: leave out what came out well already.

    Raises:
        ActionRefused: the batch is not made, no card is left for the file, or a package is asked for of a
            batch that is closed.
    """
    # Under its lock: somebody may be cancelling the batch, which removes its files.
    batch = CardBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.state not in PRINTABLE_STATES:
        raise ActionRefused(_("This batch is not made yet."))
    layout = FileLayout(layout)
    if layout == FileLayout.PACKAGE and batch.state != BatchState.MADE:
        # Nothing would take it away again, and what comes of it could not be counted any more.
        raise ActionRefused(_("This batch is closed."))
    cards = batch.cards.not_left_out().filter(position__gte=first)
    if only_unprinted:
        cards = cards.waiting_for_printer()
    ranges = to_ranges(cards.values_list("position", flat=True))
    if not ranges:
        raise ActionRefused(_("No card of the batch is left for this file."))
    passphrase = new_passphrase() if layout == FileLayout.PACKAGE else ""
    for_printer = layout == FileLayout.CARDS
    file = BatchFile.objects.create(
        batch=batch,
        layout=layout,
        duplex=Duplex(duplex) if layout == FileLayout.SHEETS else "",
        printer=printer if for_printer else None,
        adjustment=asdict(printer.adjustment if printer else Adjustment()) if for_printer else {},
        ranges=ranges,
        language=(get_language() or "ar")[:2],
        sealed=seal(passphrase) if passphrase else "",
        created_by=by,
    )
    _record(file, "cards.file.asked", by, {"layout": str(layout), "cards": file.count})
    files.wake(file)
    return file, passphrase


@transaction.atomic
def give_up_file(*, file: BatchFile, by: User) -> BatchFile:
    """Give a file up, whether it is made or not: what is there of it is removed."""
    locked = BatchFile.objects.select_for_update().get(pk=file.pk)
    if locked.state == FileState.CANCELLED:
        raise ActionRefused(_("This file was given up already."))
    _remove(locked)
    _record(locked, "cards.file.given_up", by, {"layout": locked.layout})
    return locked


def remove_files(batch: CardBatch, **which: str) -> None:
    """Remove what was made of a batch and is of no use any more; all of it, or one layout."""
    for file in batch.files.select_for_update().filter(**which).exclude(state=FileState.CANCELLED):
        _remove(file)


@transaction.atomic
def retry_file(*, file: BatchFile, by: User) -> BatchFile:
    """Go on with a file that stopped on an error. A package is asked for anew: its passphrase is gone."""
    locked = BatchFile.objects.select_for_update().get(pk=file.pk)
    if locked.state != FileState.PENDING or not locked.last_error:
        raise ActionRefused(_("This file did not stop on an error."))
    if locked.layout == FileLayout.PACKAGE:
        raise ActionRefused(_("Ask for the package again: its passphrase was not kept."))
    locked.last_error = ""
    locked.save(update_fields=["last_error"])
    _record(locked, "cards.file.retried", by, {"layout": locked.layout})
    files.wake(locked)
    return locked


def record_file_download(*, file: BatchFile, by: User) -> None:
    """Somebody took a file: each time is kept."""
    _record(file, "cards.batch.downloaded", by, {"layout": file.layout, "sha256": file.sha256})


def _remove(file: BatchFile) -> None:
    name = file.file.name
    file.state, file.file, file.sealed = FileState.CANCELLED, "", ""
    file.save(update_fields=["state", "file", "sealed"])
    transaction.on_commit(lambda: files.discard(file.pk))
    if name:
        transaction.on_commit(lambda: batch_files.path_of(name).unlink(missing_ok=True))


def _record(file: BatchFile, action: str, by: User, after: dict) -> None:
    audit.record(action=action, by=by, subject=file.batch, region_code=file.batch.region_id, after=after)
