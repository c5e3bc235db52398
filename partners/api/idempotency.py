"""A request with an idempotency key is done once: asked again, it is given the answer that it had.

The key's requests wait for each other under an advisory lock, so that two that come at once are one. What was
refused is kept too; what could not be read, or was asked too often, was never begun and is not.
"""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from partners.api.problems import MEDIA_TYPE, Problem
from partners.models import ApiAnswer, ApiKey

# A till that was off over a weekend still gets its answer.
KEPT = timedelta(days=7)
_FORGOTTEN_AT_ONCE = 100


def once(
    request: HttpRequest, key: ApiKey, idempotency_key: str, do: Callable[[], tuple[int, dict[str, Any]]]
) -> HttpResponse:
    """The answer of `do()`, a status and a body, or the one that was given before.

    Raises:
        Problem: 422, the idempotency key came with another request before.
    """
    with transaction.atomic():
        _lock(key, idempotency_key)
        given = ApiAnswer.objects.filter(key=key, idempotency_key=idempotency_key).first()
        fingerprint = _fingerprint(request)
        if given and given.fingerprint != fingerprint:
            raise Problem(422, "idempotency-key-reused", _("Use a new idempotency key for a new request."))
        if given:
            return _response(given.status, given.body, replayed=True)
        status, body = _done(request, do)
        _forget_old(key)
        ApiAnswer.objects.create(
            key=key, idempotency_key=idempotency_key, fingerprint=fingerprint, status=status, body=body
        )
    return _response(status, body)


def _done(request: HttpRequest, do: Callable[[], tuple[int, dict[str, Any]]]) -> tuple[int, dict[str, Any]]:
    try:
        with transaction.atomic():
            return do()
    except Problem as problem:
        if problem.status == 429:
            raise
        return problem.status, problem.body(request)


def _fingerprint(request: HttpRequest) -> str:
    """The same for the same values in any order. Made with our secret: a card's number is soon guessed."""
    body = json.dumps(json.loads(request.body), sort_keys=True)
    return salted_hmac(
        "partners.api", f"{request.method} {request.path}\n{body}", algorithm="sha256"
    ).hexdigest()


def _lock(key: ApiKey, idempotency_key: str) -> None:
    with connection.cursor() as cursor:
        name = f"till:{key.pk}:{idempotency_key}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


def _forget_old(key: ApiKey) -> None:
    old = ApiAnswer.objects.filter(key=key, answered_at__lt=timezone.now() - KEPT).order_by("answered_at")
    ApiAnswer.objects.filter(pk__in=old.values("pk")[:_FORGOTTEN_AT_ONCE]).delete()


def _response(status: int, body: dict[str, Any], *, replayed: bool = False) -> HttpResponse:
    media_type = MEDIA_TYPE if status >= 400 else "application/json"
    headers = {"Idempotency-Replayed": "true"} if replayed else None
    return JsonResponse(body, status=status, content_type=media_type, headers=headers)
