"""Noticing what no ordinary card meets: looked for while a check is answered, and forgotten within a day.

Checks themselves are not recorded. Redis counts them by card and keeps for a while (by the chamber's rule) in
which regions a card was checked, where that is known; only what is out of the ordinary is written down, by a
worker, so that no visitor waits for it. See ADR 0022.
"""

import time
from functools import cache as kept

import django_rq
from django.core.cache import cache
from redis.exceptions import RedisError

from cards.checked import CheckedCard
from cards.enums import UnusualKind
from cards.models import Card, CardRules
from core.rate_limits import Counter, add_one

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


def checks_of_today(serial: str) -> Counter:
    """Counts the checks of a card: by its serial, which a check knows before it asks the register."""
    # A day of the clock in Greenwich: Morocco's own would have to be worked out for every check.
    return Counter(f"card-checks:{serial}:{int(time.time()) // _DAY}", _DAY)


def note_check(
    card: Card | CheckedCard | None, *, region: str = "", at_desk: bool = False, today: int | None = None
) -> None:
    """Look at one check of a card, made in a region if that is known. Without Redis nothing is noticed.

    Args:
        at_desk: read where cards are handed over; there one that waits for its holder is nothing unusual.
        today: how many checks the card has met today, this one included, where it was counted already.
    """
    if card is None:
        return
    try:
        checks = add_one(checks_of_today(card.serial))[0] if today is None else today
        for kind, regions in _noticed(card, region, checks, at_desk=at_desk):
            if cache.add(f"unusual-check:{card.pk}:{kind}", True, _QUIET_SECONDS):
                queue = django_rq.get_queue("default")
                queue.enqueue_call(_TASK, args=(card.pk, kind.value, regions), timeout=120)
    except (RedisError, ValueError):
        return


def _noticed(
    card: Card | CheckedCard, region: str, checks: int, *, at_desk: bool
) -> list[tuple[UnusualKind, list[str]]]:
    noticed: list[tuple[UnusualKind, list[str]]] = []
    here = [region] if region in NEIGHBOURS else []
    rules = _rules_of(card)
    if card.is_coming and not at_desk:
        noticed.append((UnusualKind.IN_BOX, here))
    if checks >= rules.checks_a_day:
        noticed.append((UnusualKind.MANY, here))
    if here and (far := _far_from(card, region, rules.far_checks_minutes * 60)):
        noticed.append((UnusualKind.FAR, sorted({region, *far})))
    return noticed


def _rules_of(card: Card | CheckedCard) -> CardRules:
    """The chamber's own rules, fetched with a card that is checked; the working values where it set none."""
    own = card.rules if isinstance(card, CheckedCard) else getattr(card.registrant.region, "card_rules", None)
    return own or _working_values()


@kept
def _working_values() -> CardRules:
    return CardRules()


def _far_from(card: Card | CheckedCard, region: str, window: int) -> set[str]:
    """Regions far from this one in which the card was checked in so many seconds before."""
    name, now = f"card-regions:{card.pk}", time.time()
    seen = {place: at for place, at in cache.get(name, {}).items() if now - at < window}
    cache.set(name, seen | {region: now}, window)
    return set(seen) - {region} - NEIGHBOURS[region]
