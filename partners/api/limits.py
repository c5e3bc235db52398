"""How often one key may ask. A key is counted wherever it is used from."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from core.rate_limits import Limit, count, reached, seconds_left
from partners.api.problems import Problem
from partners.models import ApiKey


def count_request(request: HttpRequest, key: ApiKey) -> None:
    """Count one request of a key.

    Raises:
        Problem: 429, with the seconds to wait.
    """
    limit = _limit(f"till-{key.pk}", settings.TILL_REQUESTS_A_MINUTE, 60)
    if not count(request, limit):
        raise _too_many(limit)


def refuse_guessing(request: HttpRequest, key: ApiKey) -> None:
    """Refuse a key that asked for many cards or codes that do not exist: numbers follow one another.

    Raises:
        Problem: 429, as `count_request`.
    """
    if reached(request, _misses(key)):
        raise _too_many(_misses(key))


def count_miss(request: HttpRequest, key: ApiKey) -> None:
    count(request, _misses(key))


def count_wrong_key(request: HttpRequest) -> None:
    """Count one refused key from this address.

    Raises:
        Problem: 429, as `count_request`.
    """
    limit = Limit("till-wrong-key", settings.TILL_WRONG_KEYS, 600)
    if not count(request, limit):
        raise _too_many(limit)


def _misses(key: ApiKey) -> Limit:
    return _limit(f"till-misses-{key.pk}", settings.TILL_UNKNOWN_CARDS, 600)


def _limit(name: str, most: int, seconds: int) -> Limit:
    return Limit(name, most, seconds, everybody=True)


def _too_many(limit: Limit) -> Problem:
    left = seconds_left(limit)
    return Problem(
        429,
        "too-many",
        _("Wait %(seconds)s seconds, then try again.") % {"seconds": left},
        headers={"Retry-After": str(left)},
    )
