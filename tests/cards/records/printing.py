"""Batches at the printer: files, counting, receipts, printers."""

from io import BytesIO
from typing import Any

import pikepdf
from django.core.files.base import ContentFile
from django.utils import timezone

from cards.enums import CardState, ChunkState, FileLayout, FileState, PrintedBy, PrintOutcome
from cards.models import BatchChunk, BatchFile, CardPrinter, PrintReceipt
from tests.address import Address, of
from tests.factories.cards import CardFactory
from tests.factories.registry import RegistrantFactory

ADDRESSES: dict[str, Address] = {
    "cards:batch_release": of("printed_batch"),
    "cards:batch_files": of("printed_batch"),
    "cards:batch_manifest": of("printed_batch"),
    "cards:batch_contact": of("printed_batch"),
    "cards:batch_picture": of("printed_batch", position=1, side="front"),
    "cards:printing": of("printed_batch"),
    "cards:printing_blanks": of("printed_batch"),
    "cards:printing_step": of("printed_batch"),
    "cards:printing_all": of("printed_batch"),
    "cards:printing_close": of("printed_batch"),
    "cards:printing_correct": of("printed_card"),
    "cards:receipt_new": of("printed_batch"),
    "cards:receipt": of("receipt"),
    "cards:chunk_retry": of("chunk"),
    "cards:file_download": of("batch_file"),
    "cards:file_progress": of("batch_file_waiting"),
    "cards:file_give_up": of("batch_file"),
    "cards:file_retry": of("batch_file"),
    "cards:card_refresh": of("printed_card"),
    "cards:printers": Address(),
    "cards:printer_new": Address(query="?region=11"),
    "cards:printer": of("printer"),
    "cards:printer_edit": of("printer"),
    "cards:printer_test_card": of("printer"),
}


def make_records(records: dict[str, Any]) -> dict[str, Any]:
    """A batch of three cards at the printer, beside the records of `tests.addresses.make_records`."""
    commune = records["registrant"].commune_id
    people = RegistrantFactory.create_batch(3, commune=commune)
    first = CardFactory(registrant=people[0], state=CardState.PRINTED, position=1)
    batch, officer = first.batch, first.batch.created_by
    for position in (2, 3):
        person = people[position - 1]
        CardFactory(registrant=person, batch=batch, state=CardState.IN_BATCH, position=position)
    batch.cards_total, batch.blanks_in, batch.good, batch.spoiled = 3, 5, 1, 1
    batch.file.save("printed.pdf", ContentFile(_pages(6)))
    first.prints.create(attempt=1, outcome=PrintOutcome.GOOD, how=PrintedBy.SCAN, recorded_by=officer)
    second = batch.cards.get(position=2)
    second.prints.create(
        attempt=1, outcome=PrintOutcome.SPOILED, spoiled_by="feed", how=PrintedBy.NUMBER, recorded_by=officer
    )
    made = BatchFile(
        batch=batch,
        layout=FileLayout.CARDS,
        ranges=[[1, 3]],
        state=FileState.MADE,
        size=1,
        sha256="0" * 64,
        made_at=timezone.now(),
        created_by=officer,
    )
    made.file.save("file.pdf", ContentFile(_pages(6)))
    return {
        "printed_batch": batch,
        "printed_card": first,
        "batch_file": made,
        "batch_file_waiting": BatchFile.objects.create(
            batch=batch, layout=FileLayout.CONTACT, ranges=[[1, 3]], created_by=officer
        ),
        "chunk": BatchChunk.objects.create(
            batch=batch,
            number=1,
            first_position=1,
            last_position=3,
            state=ChunkState.PENDING,
            last_error="rendering ValueError",
        ),
        "receipt": PrintReceipt.objects.create(
            batch=batch,
            name="receipt.csv",
            sha256="0" * 64,
            lines=[[2, 2, PrintOutcome.GOOD]],
            errors=[{"line": 3, "code": "result", "text": "?"}],
            created_by=officer,
        ),
        "printer": CardPrinter.objects.create(region=batch.region, name="Printer", right_mm="0.30"),
    }


def _pages(count: int) -> bytes:
    out = BytesIO()
    with pikepdf.new() as pdf:
        for _page in range(count):
            pdf.add_blank_page(page_size=(245, 156))
        pdf.save(out)
    return out.getvalue()
