"""How often something open to all may be asked, by one address or by everybody together."""

import logging
import time
from dataclasses import dataclass
from functools import cache as kept

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from redis import Redis
from redis.commands.core import Script
from redis.exceptions import RedisError

from core.middleware import visitor_address

logger = logging.getLogger(__name__)

# A counter and its end are one step: two would let a counter outlive its time.
_COUNT = """
local counts = {}
for place, key in ipairs(KEYS) do
    counts[place] = redis.call('INCR', key)
    if counts[place] == 1 then redis.call('EXPIRE', key, ARGV[place]) end
end
return counts
"""


@dataclass(frozen=True)
class Limit:
    """So many in so many seconds: for one address, or for the whole world where `everybody` is set."""

    name: str
    most: int
    seconds: int = 600
    everybody: bool = False


@dataclass(frozen=True)
class Counter:
    """Counts from its first time on, for so many seconds."""

    key: str
    seconds: int


def count(request: HttpRequest, limit: Limit) -> bool:
    """Count one more, and say whether it is within the limit. Without Redis everything is."""
    try:
        (number,) = add_one(counter_of(request, limit))
    except RedisError:
        logger.exception("visits are not counted")
        return True
    return number <= limit.most


def add_one(*counters: Counter) -> list[int]:
    """Count one more for each, asking Redis once, and return where they stand; raises RedisError."""
    keys = [cache.make_key(counter.key) for counter in counters]
    return _script()(keys=keys, args=[counter.seconds for counter in counters])


def counter_of(request: HttpRequest, limit: Limit) -> Counter:
    return Counter(_key(request, limit), limit.seconds)


def reached(request: HttpRequest, limit: Limit) -> bool:
    """Whether nothing is left of the limit; counts nothing."""
    try:
        return cache.get(_key(request, limit), 0) >= limit.most
    except RedisError:
        logger.exception("visits are not counted")
        return False


def seconds_left(limit: Limit) -> int:
    """How long until the limit counts from nothing again; at least one second."""
    return max(1, limit.seconds - int(time.time() % limit.seconds))


def _key(request: HttpRequest, limit: Limit) -> str:
    window = int(time.time() // limit.seconds)
    whose = "everybody" if limit.everybody else visitor_address(request)
    return f"limit:{limit.name}:{window}:{whose}"


@kept
def _script() -> Script:
    """With connections of its own: the cache makes a client anew for each key that it is asked for."""
    return Redis.from_url(settings.CACHES["default"]["LOCATION"]).register_script(_COUNT)
