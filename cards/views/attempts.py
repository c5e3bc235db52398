"""An action done for a page, and what the page says of it."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest

from core.exceptions import ActionRefused


def attempt(request: HttpRequest, action: Callable[[], object], success: str) -> bool:
    """Do it, and tell how it went in a message."""
    try:
        action()
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, success)
    return True
