"""What a decision gives for itself in words."""

from django.utils.translation import gettext as _

from core.arabic import clean
from core.exceptions import ActionRefused


def given_reason(text: str) -> str:
    """The reason as it is kept.

    Raises:
        ActionRefused: it is empty.
    """
    reason = clean(text)
    if not reason:
        raise ActionRefused(_("Give a reason."))
    return reason
