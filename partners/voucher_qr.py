"""A voucher's code as a QR that tills scan: the code itself and nothing else."""

import qrcode
from django.utils.safestring import SafeString, mark_safe
from qrcode.image.svg import SvgPathImage


def code_svg(code: str) -> SafeString:
    """A drawing for a page that says in words what it is."""
    image = qrcode.make(code, image_factory=SvgPathImage, border=3)
    # Drawn by us from a code of our own signs.
    return mark_safe(image.to_string(encoding="unicode"))  # noqa: S308


def spoken(code: str) -> str:
    """The code in two halves, as it is read aloud."""
    half = len(code) // 2
    return f"{code[:half]} {code[half:]}"
