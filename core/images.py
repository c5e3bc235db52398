"""Pictures and scans that people send, checked by their content and saved anew.

What is stored is never what was sent: pixels are decoded and written again, and pages of a PDF are put
into a new file (see `core.scans`). So no place of taking, no script and no second file hidden behind the
first survives. Names and content types given by the browser are not looked at.
"""

import io
import math
import struct
from typing import IO, NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, UnidentifiedImageError

from core.scans import clean_pdf

PORTRAIT_RATIO = 3 / 4
PORTRAIT_MIN = (300, 400)
PORTRAIT_MAX = (600, 800)
PICTURE_MAX = (1200, 1200)
PHOTOGRAPH_MAX = (1600, 1600)
# A4 at 300 dots an inch, either way up.
SCAN_MAX = (3508, 3508)
JPEG_QUALITY = 85
# Faces are in the upper part of what a phone takes: this share of the spare height is cut above.
CUT_ABOVE = 0.25

PICTURE_FORMATS = ("JPEG", "PNG", "WEBP")
SCAN_FORMATS = ("JPEG", "PNG")
_MAGIC = {"JPEG": b"\xff\xd8\xff", "PNG": b"\x89PNG\r\n\x1a\n", "WEBP": b"RIFF"}
# What Pillow raises on data that is cut short or wrong, whatever the format.
_DECODING_ERRORS = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    IndexError,
    KeyError,
    TypeError,
    OverflowError,
    struct.error,
)
_ORIENTATION_TAG = 0x0112
# What sets a picture upright, by the orientation in its EXIF.
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_LYING = (5, 6, 7, 8)


class Crop(NamedTuple):
    """A part of the picture as it is shown, in fractions of its width and height."""

    left: float
    top: float
    width: float
    height: float


class ReencodedDocument(NamedTuple):
    content: ContentFile
    content_type: str


def reencode_portrait(upload: File, *, crop: tuple[float, float, float, float] | None = None) -> ContentFile:
    """A photograph for the card: 3:4, upright, sRGB JPEG of at most 600 x 800, nothing but pixels.

    Args:
        crop: (left, top, width, height) in fractions of the picture as shown; trimmed to 3:4 when it is not.
            None takes the largest 3:4 part, from the upper part of a tall picture.

    Raises:
        ValidationError: codes `file_*` and `image_*`, each with its own message.
    """
    image = _open(_read(upload), PICTURE_FORMATS)
    fractions = _checked_crop(crop)
    width, height = _upright_size(image)
    box = _portrait_box(width, height, fractions)
    if box[2] - box[0] < PORTRAIT_MIN[0] or box[3] - box[1] < PORTRAIT_MIN[1]:
        raise ValidationError(
            _("The picture is too small: at least %(width)s by %(height)s pixels are needed."),
            code="image_too_small",
            params={"width": PORTRAIT_MIN[0], "height": PORTRAIT_MIN[1]},
        )
    pixels = _decode(image, enough=_scaled((width, height), box, PORTRAIT_MAX))
    cropped = pixels.crop(_portrait_box(*pixels.size, fractions))
    return ContentFile(_jpeg(_flat(_to_srgb(cropped)), PORTRAIT_MAX), name="portrait.jpg")


def reencode_image(upload: File, *, max_size: tuple[int, int] = PICTURE_MAX) -> ContentFile:
    """A logo, emblem or signature as a PNG in sRGB; what is transparent stays so.

    Raises:
        ValidationError: codes `file_*` and `image_*`.
    """
    image = _open(_read(upload), PICTURE_FORMATS)
    pixels = _to_srgb(_decode(image, enough=max_size))
    pixels.thumbnail(max_size, Image.Resampling.LANCZOS)
    pixels.info.clear()
    out = io.BytesIO()
    pixels.save(out, "PNG", optimize=True)
    return ContentFile(out.getvalue(), name="picture.png")


def is_blank(picture: File) -> bool:
    """Whether nothing is drawn on it: every pixel is the same."""
    with Image.open(picture) as image:
        bands = image.convert("RGBA").getextrema()
    picture.seek(0)
    return all(low == high for low, high in bands)


def reencode_photograph(upload: File, *, max_size: tuple[int, int] = PHOTOGRAPH_MAX) -> ContentFile:
    """A photograph for a page: upright, sRGB JPEG, nothing but pixels.

    Raises:
        ValidationError: codes `file_*` and `image_*`.
    """
    pixels = _flat(_to_srgb(_decode(_open(_read(upload), PICTURE_FORMATS), enough=max_size)))
    return ContentFile(_jpeg(pixels, max_size), name="photograph.jpg")


def reencode_document(upload: File) -> ReencodedDocument:
    """A scan, PDF or picture, saved anew; a picture becomes a JPEG.

    Raises:
        ValidationError: codes `file_*`, `image_*` and `pdf_*`.
    """
    data = _read(upload)
    if _is_pdf(data):
        return ReencodedDocument(ContentFile(clean_pdf(data), name="document.pdf"), "application/pdf")
    pixels = _flat(_to_srgb(_decode(_open(data, SCAN_FORMATS, scan=True), enough=SCAN_MAX)))
    return ReencodedDocument(ContentFile(_jpeg(pixels, SCAN_MAX), name="document.jpg"), "image/jpeg")


def _read(upload: File | IO[bytes]) -> bytes:
    limit = settings.UPLOAD_MAX_BYTES
    upload.seek(0)
    # One byte more than allowed tells a file that is too large, whatever size it claims.
    data = upload.read(limit + 1)
    if len(data) > limit:
        raise ValidationError(
            _("The file is too large: at most %(megabytes)s MB."),
            code="file_too_large",
            params={"megabytes": limit // (1024 * 1024)},
        )
    if not data:
        raise ValidationError(_("The file is empty."), code="file_empty")
    return data


def _is_pdf(data: bytes) -> bool:
    # Readers accept some bytes before the mark, so a search is needed; a picture's own mark comes first.
    return b"%PDF-" in data[:1024] and not any(data.startswith(magic) for magic in _MAGIC.values())


def _open(data: bytes, formats: tuple[str, ...], *, scan: bool = False) -> Image.Image:
    """The picture with only its header read, so that its size is known before any pixel is decoded."""
    if _is_pdf(data):
        raise ValidationError(
            _("This is a PDF document, not a picture. Send a photograph in JPEG, PNG or WebP."),
            code="image_is_pdf",
        )
    try:
        image = Image.open(io.BytesIO(data), formats=formats)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels() from error
    except UnidentifiedImageError as error:
        if any(data.startswith(_MAGIC[name]) for name in formats):
            raise _broken() from error
        message = (
            _("This kind of file is not accepted. Send a PDF, or a picture in JPEG or PNG.")
            if scan
            else _("This is not a picture that can be used. Send a photograph in JPEG, PNG or WebP.")
        )
        raise ValidationError(message, code="image_format") from error
    except _DECODING_ERRORS as error:
        raise _broken() from error
    if image.width * image.height > settings.UPLOAD_MAX_PIXELS:
        raise _too_many_pixels()
    # Some telephones put a second picture behind a JPEG (format MPO): that is still one photograph.
    if image.format != "MPO" and getattr(image, "n_frames", 1) > 1:
        raise ValidationError(_("The picture moves. Send a still photograph."), code="image_animated")
    return image


def _decode(image: Image.Image, *, enough: tuple[int, int]) -> Image.Image:
    """The pixels, the right way up. A large JPEG is decoded at a fraction that is still `enough`."""
    side = max(enough)
    try:
        image.draft(None, (side, side))
        image.load()
    except _DECODING_ERRORS as error:
        raise _broken() from error
    # Not by Pillow's own function, which writes the EXIF again and fails where any of it is damaged.
    turn = _TURNS.get(_orientation(image))
    return image.transpose(turn) if turn is not None else image


def _orientation(image: Image.Image) -> int:
    try:
        orientation = image.getexif().get(_ORIENTATION_TAG, 1)
    except _DECODING_ERRORS:
        # A damaged EXIF is no reason to refuse a good photograph.
        return 1
    return orientation if isinstance(orientation, int) else 1


def _upright_size(image: Image.Image) -> tuple[int, int]:
    return (image.height, image.width) if _orientation(image) in _LYING else image.size


def _checked_crop(crop: tuple[float, float, float, float] | None) -> Crop:
    if crop is None:
        return Crop(0, 0, 1, 1)
    part = Crop(*crop)
    rounding = 0.005
    if (
        not all(math.isfinite(value) and value >= 0 for value in part)
        or min(part.width, part.height) <= 0
        or part.left + part.width > 1 + rounding
        or part.top + part.height > 1 + rounding
    ):
        raise ValidationError(_("The chosen part lies outside the picture."), code="image_crop")
    return part


def _portrait_box(width: int, height: int, part: Crop) -> tuple[int, int, int, int]:
    """The largest 3:4 box, in pixels, inside a part of a picture."""
    part_width, part_height = min(part.width, 1) * width, min(part.height, 1) * height
    box_width = min(part_width, part_height * PORTRAIT_RATIO)
    box_height = box_width / PORTRAIT_RATIO
    left = part.left * width + (part_width - box_width) / 2
    top = part.top * height + (part_height - box_height) * CUT_ABOVE
    whole_width, whole_height = round(box_width), round(box_height)
    whole_left = max(0, min(round(left), width - whole_width))
    whole_top = max(0, min(round(top), height - whole_height))
    return whole_left, whole_top, whole_left + whole_width, whole_top + whole_height


def _scaled(
    size: tuple[int, int], box: tuple[int, int, int, int], wanted: tuple[int, int]
) -> tuple[int, int]:
    """How large the whole picture must be for the box to come out as wanted."""
    return (
        math.ceil(size[0] * wanted[0] / (box[2] - box[0])),
        math.ceil(size[1] * wanted[1] / (box[3] - box[1])),
    )


def _to_srgb(image: Image.Image) -> Image.Image:
    """The picture as RGB, or RGBA where something is transparent, in the colours that screens assume."""
    profile = image.info.get("icc_profile")
    if image.mode in ("I", "I;16", "I;16B", "I;16L"):
        # Sixteen bits a pixel would be cut off at 255, not scaled.
        image = image.point(lambda value: value * (1 / 256)).convert("L")
    if image.mode in ("P", "PA", "LA", "La", "RGBa") or "transparency" in image.info:
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    alpha = image.getchannel("A") if image.mode == "RGBA" else None
    colours = image.convert("RGB") if alpha else image
    if profile and colours.mode in ("RGB", "L", "CMYK"):
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            colours = ImageCms.profileToProfile(
                colours, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
        except (ImageCms.PyCMSError, OSError, ValueError):
            # A wrong profile is no reason to refuse a good photograph.
            pass
    colours = colours.convert("RGB")
    if alpha:
        colours.putalpha(alpha)
    return colours


def _flat(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image
    paper = Image.new("RGB", image.size, "white")
    paper.paste(image, mask=image.getchannel("A"))
    return paper


def _jpeg(image: Image.Image, max_size: tuple[int, int]) -> bytes:
    image.thumbnail(max_size, Image.Resampling.LANCZOS)
    image.info.clear()
    out = io.BytesIO()
    image.save(out, "JPEG", quality=JPEG_QUALITY, optimize=True)
    return out.getvalue()


def _broken() -> ValidationError:
    return ValidationError(_("The picture is damaged or cut short. Send it again."), code="image_broken")


def _too_many_pixels() -> ValidationError:
    return ValidationError(
        _("The picture has too many pixels: at most %(megapixels)s million."),
        code="image_too_many_pixels",
        params={"megapixels": settings.UPLOAD_MAX_PIXELS // 1_000_000},
    )
