"""How often one address may check cards: a whole fair scans from one, nobody tries numbers from one."""

import logging
import time
from dataclasses import dataclass

from django.core.cache import cache
from django.http import HttpRequest
from redis.exceptions import RedisError

from core.middleware import visitor_address

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Limit:
    """So many in so many seconds, for one address."""

    name: str
    most: int
    seconds: int = 600


# A signed code cannot be guessed: this only keeps one address from using up the server.
SCANS = Limit("scans", 1200)
# Numbers follow one another: somebody who types many reads the register through the keyhole.
TYPED = Limit("typed", 60)
MISSES = Limit("misses", 10)


def count(request: HttpRequest, limit: Limit) -> bool:
    """Count one more, and say whether it is within the limit. Without Redis everything is."""
    key = _key(request, limit)
    try:
        cache.add(key, 0, limit.seconds)
        return cache.incr(key) <= limit.most
    except (RedisError, ValueError):
        logger.exception("checks are not counted")
        return True


def reached(request: HttpRequest, limit: Limit) -> bool:
    """Whether nothing is left of the limit; counts nothing."""
    try:
        return cache.get(_key(request, limit), 0) >= limit.most
    except RedisError:
        logger.exception("checks are not counted")
        return False


def _key(request: HttpRequest, limit: Limit) -> str:
    window = int(time.time() // limit.seconds)
    return f"card-check:{limit.name}:{window}:{visitor_address(request)}"
