"""A card as a picture, from the very page that the printer gets."""

from io import BytesIO
from threading import Lock

import pypdfium2

from cards.card_design.boxes import Side
from cards.faces import printed_face
from cards.models import Card
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
    face = printed_face(card)
    with _one_at_a_time:
        document = pypdfium2.PdfDocument(render_cards([face]))
        try:
            page = document[list(Side).index(side)]
            picture = page.render(scale=PIXELS_WIDE / page.get_width()).to_pil()
        finally:
            document.close()
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
