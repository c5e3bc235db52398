"""What a card says: taken from the register once, kept with the card, put together for the printer."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from PIL import Image, ImageOps

from cards.card_design.face import Bilingual, CardFace, from_data, to_data
from cards.designs import Look
from cards.models import Card
from cards.qr import card_url
from registry.models import Registrant

# At 300 dots an inch this fills the card's portrait; a smaller picture stays as it is.
PORTRAIT_PIXELS = (300, 400)
PORTRAIT_QUALITY = 85


class PictureMissing(Exception):
    """A picture that the card is made with is gone or cannot be read."""


def face_data(
    registrant: Registrant, look: Look, *, serial: str, token: str, issued_on: date, valid_until: date
) -> dict[str, Any]:
    """Return what a new card will say, as the card keeps it; pictures by the names of their files."""
    craft, province = registrant.principal_craft, registrant.commune.province
    face = CardFace(
        design=look.card_design(gender=registrant.gender, demo=registrant.is_demo),
        name_ar=registrant.name_ar,
        name_latin=registrant.name_latin,
        craft=Bilingual(craft.name_ar, craft.name_fr) if craft else Bilingual("", ""),
        region=Bilingual(registrant.region.name_ar, registrant.region.name_fr),
        province=Bilingual(province.name_ar, province.name_fr),
        nia=registrant.nia,
        issued_on=issued_on,
        valid_until=valid_until,
        serial=serial,
        url=card_url(token),
    )
    return to_data(face) | {"logo_file": look.logo_file, "signature_file": look.signature_file}


def words_of(card: Card) -> CardFace:
    """What the card says, without its pictures: enough to measure and to list."""
    return words_in(card.face)


def words_in(face: Mapping[str, Any]) -> CardFace:
    """The same from what a card keeps, before there is a card."""
    return from_data(_words(face))


def printed_face(card: Card) -> CardFace:
    """The card as the printer needs it.

    Raises:
        PictureMissing: the photograph, the logo or the signature that it was composed with is not there.
    """
    return from_data(
        _words(card.face),
        photo=portrait(card.photograph),
        logo=stored_picture(card.face.get("logo_file", "")),
        signature=stored_picture(card.face.get("signature_file", "")),
    )


def portrait(name: str) -> bytes:
    """A stored photograph as the card's JPEG: never enlarged, the same bytes each time.

    Raises:
        PictureMissing: no such file, or not a picture.
    """
    try:
        with default_storage.open(name) as file, Image.open(file, formats=["JPEG", "PNG"]) as picture:
            picture.draft("RGB", PORTRAIT_PIXELS)
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (OSError, SyntaxError, ValueError) as error:
        raise PictureMissing("photograph") from error
    if upright.width > PORTRAIT_PIXELS[0] or upright.height > PORTRAIT_PIXELS[1]:
        upright = ImageOps.fit(upright, PORTRAIT_PIXELS, Image.Resampling.LANCZOS)
    out = BytesIO()
    upright.save(out, "JPEG", quality=PORTRAIT_QUALITY, optimize=True)
    return out.getvalue()


def _words(face: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in face.items() if not key.endswith("_file")}


def stored_picture(name: str) -> bytes | None:
    """A logo's or a signature's bytes; None for no name.

    Raises:
        PictureMissing: no such file.
    """
    # A file is never written over, so that its path stands for its content.
    return _read(Path(default_storage.path(name))) if name else None


@lru_cache(maxsize=8)
def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise PictureMissing("logo or signature") from error
