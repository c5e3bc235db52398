"""How often one address may check cards: a whole fair scans from one, nobody tries numbers from one."""

import logging
from collections.abc import Callable

from django.http import HttpRequest
from redis.exceptions import RedisError

from cards.unusual import checks_of_today
from core.rate_limits import Limit, ask_to_add_one, count, counter_of, reached

__all__ = ["FRAMES", "MISSES", "SCANS", "TYPED", "Limit", "ask_to_count_scan", "count", "reached"]

logger = logging.getLogger(__name__)

# A signed code cannot be guessed: this only keeps one address from using up the server.
SCANS = Limit("card-scans", 1200)
# Numbers follow one another: somebody who types many reads the register through the keyhole.
TYPED = Limit("card-typed", 60)
MISSES = Limit("card-misses", 10)
# A camera without a detector sends more than one frame a second, and there are several at a fair.
FRAMES = Limit("card-frames", 12_000)


def ask_to_count_scan(request: HttpRequest, serial: str | None) -> Callable[[], tuple[bool, int]]:
    """Let Redis count a scan by its visitor and by its card, while the card is looked up.

    Returns what fetches the answer, to be called whatever happens meanwhile: whether the scan is within the
    limit, and how many checks the card has met today. Without Redis every scan is within it, and the first.
    """
    counters = [counter_of(request, SCANS), *([checks_of_today(serial)] if serial else [])]
    try:
        fetch = ask_to_add_one(*counters)
    except RedisError:
        uncounted = _uncounted()
        return lambda: uncounted

    def answer() -> tuple[bool, int]:
        try:
            visits, *checks = fetch()
        except RedisError:
            return _uncounted()
        return visits <= SCANS.most, checks[0] if checks else 0

    return answer


def _uncounted() -> tuple[bool, int]:
    logger.exception("visits are not counted")
    return True, 1
