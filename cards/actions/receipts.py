"""Receipts of outside printers: looked through first, then entered in the reconciliation."""

from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cards.actions.printing import Counted, record_prints
from cards.enums import BatchState, PrintedBy, PrintOutcome
from cards.models import CardBatch, CardPrint, PrintReceipt
from cards.printing.receipts import read_receipt
from core import audit
from core.arabic import clean
from core.exceptions import ActionRefused
from core.models import User


@transaction.atomic
def receive_receipt(*, batch: CardBatch, path: Path, name: str, by: User) -> PrintReceipt:
    """Read a receipt and keep what it says; nothing is counted yet.

    Raises:
        ActionRefused: the batch is not open for counting, or the same file was entered before.
        ValidationError: the file cannot be read.
    """
    if batch.state != BatchState.MADE:
        raise ActionRefused(_("This batch is closed, or not made yet."))
    digest = sha256(path.read_bytes()).hexdigest()
    if batch.receipts.filter(sha256=digest, entered_at__isnull=False).exists():
        raise ActionRefused(_("This very file was entered already."))
    reading = read_receipt(path, batch)
    return PrintReceipt.objects.create(
        batch=batch,
        name=clean(name)[:200],
        sha256=digest,
        lines=[[line.line, line.position, str(line.outcome)] for line in reading.lines],
        errors=[asdict(fault) for fault in reading.faults],
        created_by=by,
    )


@transaction.atomic
def enter_receipt(*, receipt: PrintReceipt, by: User) -> Counted:
    """Count every line that is right; those with an error were told and are left out.

    Raises:
        ActionRefused: entered already, nothing to enter, another receipt spoke of the same spoiled cards
            since, or the batch's figures do not allow it.
    """
    # Under the batch's lock: the same file may have been sent twice, and both looked through.
    batch = CardBatch.objects.select_for_update().get(pk=receipt.batch_id)
    locked = PrintReceipt.objects.select_for_update().get(pk=receipt.pk)
    if batch.receipts.filter(sha256=locked.sha256, entered_at__isnull=False).exists():
        raise ActionRefused(_("This very file was entered already."))
    if not locked.lines:
        raise ActionRefused(_("No line of the file can be entered."))
    spoiled = [position for _line, position, outcome in locked.lines if outcome == PrintOutcome.SPOILED]
    meanwhile = CardPrint.objects.spoiled_by_receipts(batch).filter(recorded_at__gt=locked.created_at)
    if meanwhile.filter(card__position__in=spoiled).exists():
        raise ActionRefused(
            _("Another receipt told of the same cards since this one was read. Send it again.")
        )
    counted = record_prints(
        batch=batch,
        prints=[(position, outcome) for _line, position, outcome in locked.lines],
        how=PrintedBy.RECEIPT,
        by=by,
    )
    locked.entered_at, locked.entered_by = timezone.now(), by
    locked.save(update_fields=["entered_at", "entered_by"])
    audit.record(
        action="cards.receipt.entered",
        by=by,
        subject=batch,
        region_code=batch.region_id,
        after={"lines": counted.entered, "sha256": locked.sha256},
    )
    return counted
