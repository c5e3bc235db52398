"""How often one address may check cards: a whole fair scans from one, nobody tries numbers from one."""

import logging

from django.http import HttpRequest
from redis.exceptions import RedisError

from cards.unusual import checks_of_today
from core.rate_limits import Limit, add_one, count, counter_of, reached

__all__ = ["FRAMES", "MISSES", "SCANS", "TYPED", "Limit", "count", "count_scan", "reached"]

logger = logging.getLogger(__name__)

# A signed code cannot be guessed: this only keeps one address from using up the server.
SCANS = Limit("card-scans", 1200)
# Numbers follow one another: somebody who types many reads the register through the keyhole.
TYPED = Limit("card-typed", 60)
MISSES = Limit("card-misses", 10)
# A camera without a detector sends more than one frame a second, and there are several at a fair.
FRAMES = Limit("card-frames", 12_000)


def count_scan(request: HttpRequest, serial: str | None) -> tuple[bool, int]:
    """Count a scan by its visitor and by its card, asking Redis once.

    Returns whether it is within the limit, and how many checks the card has met today; without Redis every
    scan is within it, and the first.
    """
    counters = [counter_of(request, SCANS), *([checks_of_today(serial)] if serial else [])]
    try:
        visits, *checks = add_one(*counters)
    except RedisError:
        logger.exception("visits are not counted")
        return True, 1
    return visits <= SCANS.most, checks[0] if checks else 0
