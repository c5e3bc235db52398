"""Reading a QR from a camera's frame, for browsers that cannot. Nothing of the picture is kept."""

from typing import IO

import zxingcpp
from PIL import Image

# A frame of a video: more would be somebody's attempt at filling the memory.
MOST_BYTES = 1024 * 1024
MOST_PIXELS = 4_000_000
FORMATS = ("JPEG", "PNG", "WEBP")
# What Pillow raises on data that is cut short or wrong, whatever the format.
DECODING_ERRORS = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError)


class UnreadableFrame(Exception):
    """Not a picture, or one larger than any camera's frame."""


def read_frame(upload: IO[bytes]) -> str:
    """The text of the QR in a picture; empty where it shows none.

    Raises:
        UnreadableFrame: too large, or not a JPEG, PNG or WebP.
    """
    data = upload.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise UnreadableFrame
    upload.seek(0)
    try:
        # The size is known from the header, before any pixel is decoded.
        with Image.open(upload, formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise UnreadableFrame
            grey = picture.convert("L")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, *DECODING_ERRORS) as error:
        raise UnreadableFrame from error
    found = zxingcpp.read_barcodes(grey, formats=zxingcpp.BarcodeFormat.QRCode)
    return found[0].text if found else ""
