"""One button, one action: done and said, or refused in words, and back to the page."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise

from core.exceptions import ActionRefused


def take(
    request: HttpRequest, action: Callable, *, done: str | Promise, then: tuple, **arguments: Any
) -> HttpResponse:
    """Call an action in the name of whoever asked.

    Args:
        done: what is said when it was done.
        then: the name of the page to go back to, and what its address needs.
    """
    try:
        action(by=request.user, **arguments)
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect(*then)
