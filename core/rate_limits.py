"""How often something open to all may be asked, by one address or by everybody together."""

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
    """So many in so many seconds: for one address, or for the whole world where `everybody` is set."""

    name: str
    most: int
    seconds: int = 600
    everybody: bool = False


def count(request: HttpRequest, limit: Limit) -> bool:
    """Count one more, and say whether it is within the limit. Without Redis everything is."""
    key = _key(request, limit)
    try:
        cache.add(key, 0, limit.seconds)
        return cache.incr(key) <= limit.most
    except (RedisError, ValueError):
        logger.exception("visits are not counted")
        return True


def reached(request: HttpRequest, limit: Limit) -> bool:
    """Whether nothing is left of the limit; counts nothing."""
    try:
        return cache.get(_key(request, limit), 0) >= limit.most
    except RedisError:
        logger.exception("visits are not counted")
        return False


def _key(request: HttpRequest, limit: Limit) -> str:
    window = int(time.time() // limit.seconds)
    whose = "everybody" if limit.everybody else visitor_address(request)
    return f"limit:{limit.name}:{window}:{whose}"
