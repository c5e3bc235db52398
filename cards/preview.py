"""A card as a picture, from the very page that the printer gets."""

from io import BytesIO
from pathlib import Path
from threading import Lock

import pypdfium2

from cards import batch_files
from cards.card_design.boxes import Side
from cards.faces import printed_face
from cards.models import Card, CardBatch
from cards.rendering import render_cards

# On a screen of double density a card fills a telephone's width.
PIXELS_WIDE = 1012
# PDFium is not made for threads.
_one_at_a_time = Lock()


def card_png(card: Card, side: Side) -> bytes:
    """One side of a card as a PNG.

    Raises:
        PictureMissing: a picture that the card is made with is gone.
    """
    return _png(render_cards([printed_face(card)]), list(Side).index(side), PIXELS_WIDE)


def printed_png(batch: CardBatch, position: int, side: Side) -> bytes:
    """One side of a card of a batch that is made, small, out of the batch's own file; its bleed included."""
    file = batch_files.path_of(batch.file.name)
    return _png(file, 2 * (position - 1) + list(Side).index(side), PIXELS_WIDE // 2)


def _png(pdf: bytes | Path, number: int, pixels_wide: int) -> bytes:
    with _one_at_a_time:
        document = pypdfium2.PdfDocument(pdf)
        try:
            page = document[number]
            picture = page.render(scale=pixels_wide / page.get_width()).to_pil()
        finally:
            document.close()
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
