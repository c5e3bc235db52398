"""Noticing what no ordinary card meets: looked for while a check is answered, and forgotten within a day.

Checks themselves are not recorded. Redis counts them by card and keeps for an hour in which regions a card
was checked, where that is known; only what is out of the ordinary is written down, by a worker, so that no
visitor waits for it. See ADR 0022.
"""

import time

import django_rq
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from redis.exceptions import RedisError

from cards.enums import UnusualKind
from cards.models import Card

# Regions that touch (division of 2015): one is in the next within an hour, not in the one after.
NEIGHBOURS = {
    "01": {"02", "03", "04"},
    "02": {"01", "03", "08"},
    "03": {"01", "02", "04", "05", "08"},
    "04": {"01", "03", "05", "06"},
    "05": {"03", "04", "06", "07", "08"},
    "06": {"04", "05", "07"},
    "07": {"05", "06", "08", "09"},
    "08": {"02", "03", "05", "07", "09"},
    "09": {"07", "08", "10"},
    "10": {"09", "11"},
    "11": {"10", "12"},
    "12": {"11"},
}
_DAY = 24 * 3600
# The same card in the same trouble is written down once in so many seconds.
_QUIET_SECONDS = 60
_TASK = "cards.tasks.report_unusual"


def note_check(card: Card | None, *, region: str = "") -> None:
    """Look at one check of a card, made in a region if that is known. Without Redis nothing is noticed."""
    if card is None:
        return
    try:
        for kind, regions in _noticed(card, region):
            if cache.add(f"unusual-check:{card.pk}:{kind}", True, _QUIET_SECONDS):
                queue = django_rq.get_queue("default")
                queue.enqueue_call(_TASK, args=(card.pk, kind.value, regions), timeout=120)
    except (RedisError, ValueError):
        return


def _noticed(card: Card, region: str) -> list[tuple[UnusualKind, list[str]]]:
    noticed: list[tuple[UnusualKind, list[str]]] = []
    here = [region] if region in NEIGHBOURS else []
    if card.is_coming:
        noticed.append((UnusualKind.IN_BOX, here))
    if _checks_today(card) >= settings.CARD_CHECKS_A_DAY:
        noticed.append((UnusualKind.MANY, here))
    if here and (far := _far_from(card, region)):
        noticed.append((UnusualKind.FAR, sorted({region, *far})))
    return noticed


def _checks_today(card: Card) -> int:
    name = f"card-checks:{card.pk}:{timezone.localdate()}"
    cache.add(name, 0, _DAY)
    return cache.incr(name)


def _far_from(card: Card, region: str) -> set[str]:
    """Regions far from this one in which the card was checked shortly before."""
    name, window = f"card-regions:{card.pk}", settings.CARD_FAR_CHECKS_MINUTES * 60
    now = time.time()
    seen = {place: at for place, at in cache.get(name, {}).items() if now - at < window}
    cache.set(name, seen | {region: now}, window)
    return set(seen) - {region} - NEIGHBOURS[region]
