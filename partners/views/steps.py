"""One button, one action: done and said, or refused in words, and back to the page."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from core.exceptions import ActionRefused
from partners.forms.offers import ReviewForm


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


def reviewed(request: HttpRequest, form: ReviewForm, action: Callable, **subject: Any) -> bool:
    """Record the check of an offer or a change; a refusal stands in the form, which loses nothing."""
    if request.method != "POST" or not form.is_valid():
        return False
    sent = form.cleaned_data
    try:
        action(
            outcome=sent["outcome"],
            answers=form.answers(),
            reason=sent["reason"],
            by=request.user,
            **subject,
        )
    except ActionRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("Your check is recorded."))
    return True
