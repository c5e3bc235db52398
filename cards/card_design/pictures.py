"""Pictures as PDF holds them: a JPEG as it is, a code at one bit a module."""

from io import BytesIO

import pikepdf
from pikepdf import Name
from PIL import Image

from core.pdf import PdfError

_SPACES = {"RGB": Name.DeviceRGB, "L": Name.DeviceGray}


def jpeg_object(pdf: pikepdf.Pdf, content: bytes) -> pikepdf.Object:
    """Return a JPEG as an image of this PDF, not decoded; PdfError where it is none or not in RGB or grey."""
    try:
        with Image.open(BytesIO(content), formats=["JPEG"]) as picture:
            mode, (width, height) = picture.mode, picture.size
    except OSError as error:
        raise PdfError("the photograph is not a JPEG") from error
    if mode not in _SPACES:
        raise PdfError(f"a photograph in {mode} cannot be printed")
    return pikepdf.Stream(
        pdf,
        content,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=width,
        Height=height,
        ColorSpace=_SPACES[mode],
        BitsPerComponent=8,
        Filter=Name.DCTDecode,
    )


def one_bit_object(pdf: pikepdf.Pdf, picture: Image.Image) -> pikepdf.Object:
    """Return a 1-bit picture as an image of this PDF; its edges stay sharp at any size."""
    return pikepdf.Stream(
        pdf,
        picture.tobytes(),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=picture.width,
        Height=picture.height,
        ColorSpace=Name.DeviceGray,
        BitsPerComponent=1,
        Interpolate=False,
    )
