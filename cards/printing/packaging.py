"""The package for an outside printer: one archive, every entry encrypted with AES-256."""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import pyzipper

from cards import batch_files
from cards.faces import portrait
from cards.models import Card
from cards.printing.manifest import BATCH_PDF, Entry, card_lines, manifest, photograph_name

CARDS_CSV, MANIFEST_CSV = "cards.csv", "manifest.csv"
_STORED, _DEFLATED = pyzipper.ZIP_STORED, pyzipper.ZIP_DEFLATED


def write_package(path: Path, pages: Path, cards: Sequence[Card], passphrase: str) -> None:
    """Write the cards' pages, their list, their photographs and the manifest of all these.

    Raises:
        PictureMissing: a photograph is gone.
    """
    entries = [Entry(BATCH_PDF, len(cards), pages.stat().st_size, batch_files.digest_of(pages))]
    with pyzipper.AESZipFile(path, "w", encryption=pyzipper.WZ_AES, allowZip64=True) as archive:
        archive.setpassword(passphrase.encode())
        # Pictures are packed already.
        archive.write(pages, BATCH_PDF, _STORED)
        listed = "".join(card_lines(cards)).encode()
        archive.writestr(CARDS_CSV, listed, _DEFLATED)
        entries.append(Entry(CARDS_CSV, len(cards), len(listed), sha256(listed).hexdigest()))
        for card in cards:
            picture = portrait(card.photograph)
            archive.writestr(photograph_name(card), picture, _STORED)
            entries.append(Entry(photograph_name(card), 1, len(picture), sha256(picture).hexdigest()))
        archive.writestr(MANIFEST_CSV, manifest(entries).encode(), _DEFLATED)
