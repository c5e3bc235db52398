"""The address by which somebody answers an invitation: whole, and in capitals where a QR holds it."""

from django.urls import reverse

from core.links import absolute
from events.models import Invitation


def answer_url(invitation: Invitation) -> str:
    """The link by which somebody invited answers."""
    return absolute(reverse("invitation:answer", args=[invitation.token]))


def answer_qr(invitation: Invitation) -> str:
    """The same for a QR: capitals keep the code small."""
    return answer_url(invitation).upper()
