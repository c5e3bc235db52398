"""A card as a picture, from the very page that the printer gets."""

from base64 import b64encode
from datetime import date
from io import BytesIO
from pathlib import Path
from threading import Lock

import pypdfium2
from PIL import Image

from cards import batch_files
from cards.card_design.boxes import Side
from cards.card_design.face import Bilingual, CardDesign, CardFace
from cards.faces import printed_face
from cards.models import Card, CardBatch
from cards.qr import card_url
from cards.rendering import render_cards

# On a screen of double density a card fills a telephone's width.
PIXELS_WIDE = 1012
_QUALITY = 80
# PDFium is not made for threads.
_one_at_a_time = Lock()
# Stands where a signed token would: nobody can take a specimen's code for a card's.
_NO_TOKEN = "SPECIMEN" * 19


def card_webp(card: Card, side: Side) -> bytes:
    """One side of a card as a WebP, a quarter of what a PNG weighs on a telephone.

    Raises:
        PictureMissing: a picture that the card is made with is gone.
    """
    return _encoded(_sides(printed_face(card), (side,))[0])


def printed_webp(batch: CardBatch, position: int, side: Side) -> bytes:
    """One side of a card of a batch that is made, small, out of the batch's own file; its bleed included."""
    file = batch_files.path_of(batch.file.name)
    number = 2 * (position - 1) + list(Side).index(side)
    return _encoded(_drawn(file, [number], PIXELS_WIDE // 2)[0])


def specimen(design: CardDesign) -> CardFace:
    """A card of nobody, to look at a design by."""
    return CardFace(
        design=design,
        name_ar="الاسم الشخصي والعائلي",
        name_latin="Prénom et nom du titulaire",
        craft=Bilingual("الحرفة الرئيسية", "Métier principal"),
        region=Bilingual("الجهة", "Région"),
        province=Bilingual("الإقليم", "Province"),
        nia="00-000000-0",
        issued_on=date(2026, 1, 1),
        valid_until=date(2030, 12, 31),
        serial="00-0000000-00",
        url=card_url(_NO_TOKEN),
    )


def inline_sides(face: CardFace) -> list[str]:
    """Front and back as addresses that hold the picture itself.

    Raises:
        PdfError: a picture of the design cannot be drawn.
    """
    pictures = (_encoded(picture) for picture in _sides(face, tuple(Side)))
    return [f"data:image/webp;base64,{b64encode(content).decode()}" for content in pictures]


def _sides(face: CardFace, sides: tuple[Side, ...]) -> list[Image.Image]:
    return _drawn(render_cards([face]), [list(Side).index(side) for side in sides], PIXELS_WIDE)


def _drawn(pdf: bytes | Path, numbers: list[int], pixels_wide: int) -> list[Image.Image]:
    with _one_at_a_time:
        document = pypdfium2.PdfDocument(pdf)
        try:
            pages = [document[number] for number in numbers]
            return [page.render(scale=pixels_wide / page.get_width()).to_pil() for page in pages]
        finally:
            document.close()


def _encoded(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.save(out, "WEBP", quality=_QUALITY)
    return out.getvalue()
