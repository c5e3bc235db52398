"""Errors as problems (RFC 9457): `type` leads to the documentation, `detail` says what to do.

No problem holds what was sent: a till's log shall not come to hold people's numbers by way of ours.
"""

import logging
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.core.exceptions import DisallowedHost, RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MEDIA_TYPE = "application/problem+json"
logger = logging.getLogger(__name__)

# What `type` ends with, and its title. In the documentation in this order.
TITLES: dict[str, str | Promise] = {
    "bad-request": gettext_lazy("The request cannot be read"),
    "no-key": gettext_lazy("No valid key"),
    "scope": gettext_lazy("The key may not do this"),
    "not-found": gettext_lazy("There is no such thing here"),
    "method": gettext_lazy("This method is not allowed here"),
    "refused": gettext_lazy("Refused"),
    "card-not-valid": gettext_lazy("The card is not valid"),
    "too-large": gettext_lazy("The request is too large"),
    "media-type": gettext_lazy("The body is not JSON"),
    "validation": gettext_lazy("What was sent does not fit the description"),
    "idempotency-key-reused": gettext_lazy("The idempotency key belongs to another request"),
    "too-many": gettext_lazy("Too many requests"),
    "server": gettext_lazy("The server could not answer"),
}
# For answers that were not made here.
SLUGS = {400: "bad-request", 403: "scope", 404: "not-found", 405: "method", 413: "too-large"}


class Problem(Exception):
    """Ends a request with this problem.

    Args:
        more: further members, such as `errors`.
    """

    def __init__(
        self,
        status: int,
        slug: str,
        detail: str = "",
        *,
        headers: Mapping[str, str] | None = None,
        **more: Any,
    ):
        super().__init__(slug)
        self.status, self.slug, self.detail, self.more = status, slug, detail, more
        self.headers = headers or {}

    def body(self, request: HttpRequest) -> dict[str, Any]:
        """What is answered. The log keeps its `instance`, by which a partner asks about it."""
        instance = f"urn:uuid:{uuid4()}"
        logger.info("till %s: %s %s", instance, self.status, self.slug)
        return {
            "type": _address(request, self.slug),
            "title": str(TITLES[self.slug]),
            "status": self.status,
            "detail": self.detail or str(TITLES[self.slug]),
            "instance": instance,
            **self.more,
        }


def answer(request: HttpRequest, problem: Problem) -> HttpResponse:
    return JsonResponse(
        problem.body(request), status=problem.status, content_type=MEDIA_TYPE, headers=problem.headers
    )


def unread(slug: str = "bad-request") -> Problem:
    return Problem(400, slug, _("Send a JSON object in UTF-8, as the description says."))


def refuse_unfit(request: HttpRequest) -> None:
    """Refuse a body that is not even looked at: one that says it is no JSON, or is too large.

    Raises:
        Problem: 415 or 413.
    """
    if request.content_type != "application/json":
        raise Problem(415, "media-type", _("Send the body as application/json."))
    try:
        request.body  # noqa: B018 - read here, where it can be told from a body that is no JSON
    except RequestDataTooBig as error:
        raise Problem(413, "too-large") from error


def _address(request: HttpRequest, slug: str) -> str:
    path = f"{reverse('tills:api-root')}#problem-{slug}"
    try:
        return request.build_absolute_uri(path)
    except DisallowedHost:
        return path
