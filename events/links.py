"""Addresses as they stand in letters and messages: whole, and in capitals where a QR holds them."""

from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse

from events.models import Invitation


def absolute(path: str) -> str:
    """A path of the portal with its host."""
    return f"{_host()}{path}"


def answer_url(invitation: Invitation) -> str:
    """The link by which somebody invited answers."""
    return absolute(reverse("invitation:answer", args=[invitation.token]))


def answer_qr(invitation: Invitation) -> str:
    """The same for a QR: capitals keep the code small."""
    return answer_url(invitation).upper()


def _host() -> str:
    if settings.PORTAL_URL:
        return settings.PORTAL_URL.rstrip("/")
    checks = urlsplit(settings.CARD_VERIFY_BASE_URL.lower())
    return f"{checks.scheme}://{checks.netloc}"
