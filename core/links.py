"""Addresses as they stand outside the portal, in letters, messages and codes: whole, and codes of them."""

from io import BytesIO
from urllib.parse import urlsplit

import qrcode
from django.conf import settings


def absolute(path: str) -> str:
    """A path of the portal with its host: `settings.PORTAL_URL`, or the host that checks cards."""
    if settings.PORTAL_URL:
        return f"{settings.PORTAL_URL.rstrip('/')}{path}"
    checks = urlsplit(settings.CARD_VERIFY_BASE_URL.lower())
    return f"{checks.scheme}://{checks.netloc}{path}"


def qr_png(address: str, *, border: int = 4, scale: int = 8) -> bytes:
    """The code of an address as a PNG, `scale` pixels a module, for paper."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=border, box_size=scale)
    code.add_data(address)
    code.make(fit=True)
    out = BytesIO()
    code.make_image().save(out, "PNG")
    return out.getvalue()
