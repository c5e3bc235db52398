"""The QR on a card: an address in capitals, whose path is the signed token.

Capitals keep the code in its alphanumeric mode. The mask is always the same one: weighing all eight costs ten
times the rest, and decoders read any of them.
"""

from io import BytesIO

import qrcode
from django.conf import settings
from PIL import Image
from qrcode.util import MODE_ALPHA_NUM, QRData

# Version 9: with its quiet zone, 61 modules of 0.42 mm stand in 26 mm.
MOST_MODULES = 53
QUIET_ZONE = 4
MASK = 0


def card_url(token: str) -> str:
    """Return the address that a card's QR opens."""
    return f"{settings.CARD_VERIFY_BASE_URL}{token}".upper()


def qr_image(url: str) -> Image.Image:
    """Return the code as a 1-bit picture: one pixel a module, quiet zone included.

    ValueError where the address needs more modules than a card's printer renders well.
    """
    code = qrcode.QRCode(
        error_correction=qrcode.constants.ERROR_CORRECT_M, border=QUIET_ZONE, box_size=1, mask_pattern=MASK
    )
    code.add_data(QRData(url, mode=MODE_ALPHA_NUM))
    code.make(fit=True)
    if code.modules_count > MOST_MODULES:
        raise ValueError(f"{code.modules_count} modules: the address is too long for a card")
    rows = code.get_matrix()
    picture = Image.new("1", (len(rows), len(rows)), 1)
    picture.putdata([not dark for row in rows for dark in row])
    return picture


def qr_png(url: str, *, scale: int = 1) -> bytes:
    """Return the code as a 1-bit PNG, `scale` pixels a module."""
    picture = qr_image(url)
    buffer = BytesIO()
    picture.resize((picture.width * scale, picture.height * scale), Image.Resampling.NEAREST).save(
        buffer, "PNG"
    )
    return buffer.getvalue()


def qr_svg(url: str) -> str:
    """Return the code as an SVG drawing, black on white, for a page that says in words what it is."""
    picture = qr_image(url)
    size = picture.width
    pixels = picture.load()
    runs = []
    for y in range(size):
        x = 0
        while x < size:
            start = x
            while x < size and not pixels[x, y]:
                x += 1
            if x > start:
                runs.append(f"M{start} {y}h{x - start}v1h-{x - start}z")
            x += 1
    ground, dark = f"M0 0h{size}v{size}h-{size}z", "".join(runs)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" shape-rendering="crispEdges"'
        f' aria-hidden="true"><path fill="#fff" d="{ground}"/><path d="{dark}"/></svg>'
    )
