"""Lists that go with a batch's files: what each file is and its SHA-256, and who is on which card."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cards.models import BatchFile, Card, CardBatch
from core.spreadsheets import csv_lines

BATCH_PDF = "cards.pdf"


class Entry(NamedTuple):
    """One file: its name, how many cards it holds, its size in bytes and its SHA-256 in hexadecimal."""

    name: str
    cards: int
    size: int
    sha256: str


def manifest(entries: Iterable[Entry]) -> str:
    """A CSV with a line a file, in the active language."""
    header = (pgettext("computer", "File"), _("Cards"), _("Bytes"), "SHA-256")
    return "".join(csv_lines([header, *entries]))


def entries_of(batch: CardBatch) -> Iterator[Entry]:
    """The batch's own file, then every other one that is ready, in the order in which they were asked for."""
    yield Entry(BATCH_PDF, batch.cards_total, batch.file.size, batch.file_sha256)
    for file in batch.files.made().order_by("pk"):
        yield Entry(download_name(file), file.count, file.size, file.sha256)


def download_name(file: BatchFile) -> str:
    """What a file is called when it is saved."""
    ending = "zip" if file.layout == "package" else "pdf"
    parts = [file.layout, file.duplex.replace("_", "-"), str(file.pk)]
    return f"{'-'.join(filter(None, parts))}.{ending}"


def card_lines(cards: Iterable[Card]) -> Iterator[str]:
    """The cards as CSV; the printer fills the last column in and sends it back as the receipt."""
    header = (
        _("No."),
        _("Serial number"),
        _("Box"),
        _("Slot"),
        _("Name in Arabic"),
        _("Name in Latin letters"),
        _("Registration number (NIA)"),
        _("Photograph"),
        _("Result"),
    )
    rows = (
        (
            card.position,
            card.serial,
            card.box,
            card.slot,
            card.face["name_ar"],
            card.face["name_latin"],
            card.face["nia"],
            photograph_name(card),
            "",
        )
        for card in cards
    )
    return csv_lines([header, *rows])


def photograph_name(card: Card) -> str:
    return f"photographs/{card.serial}.jpg"
