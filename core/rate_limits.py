"""How often something open to all may be asked, by one address or by everybody together."""

import logging
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha1
from threading import local

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from redis import ConnectionPool
from redis.connection import AbstractConnection
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import NoScriptError, RedisError

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
_COUNT_SHA = sha1(_COUNT.encode(), usedforsecurity=False).hexdigest()


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
    return ask_to_add_one(*counters)()


def ask_to_add_one(*counters: Counter) -> Callable[[], list[int]]:
    """The same for whoever has something else to do while Redis counts.

    Returns what fetches the answer: to be called once, before the thread asks again. Both raise RedisError.
    """
    keys = [cache.make_key(counter.key) for counter in counters]
    return _line.ask((len(keys), *keys, *(counter.seconds for counter in counters)))


class _Line(local):
    """A thread's own connection to Redis: to take one from a pool costs more than to send a question."""

    connection: AbstractConnection | None = None
    asked: tuple[str | int, ...] | None = None

    def ask(self, question: tuple[str | int, ...]) -> Callable[[], list[int]]:
        connection = self._connection()
        if self.asked is not None:
            # Nobody fetched the last answer, which may be on its way: it would be taken for this one's.
            connection.disconnect()
        self.asked = question
        try:
            connection.send_command("EVALSHA", _COUNT_SHA, *question)
        except RedisConnectionError:
            connection.send_command("EVALSHA", _COUNT_SHA, *question)
        return lambda: self._answer(question)

    def _answer(self, question: tuple[str | int, ...]) -> list[int]:
        if self.asked is not question:
            raise RedisError("the thread asked again before it fetched the answer")
        self.asked = None
        try:
            return self.connection.read_response()
        except (NoScriptError, RedisConnectionError):
            # Redis does not know the script, or has ended the connection since the last question.
            self.connection.send_command("EVAL", _COUNT, *question)
            return self.connection.read_response()

    def _connection(self) -> AbstractConnection:
        if self.connection is None or self.connection.pid != os.getpid():
            pool = ConnectionPool.from_url(settings.CACHES["default"]["LOCATION"])
            self.connection, self.asked = pool.make_connection(), None
        return self.connection


_line = _Line()


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
