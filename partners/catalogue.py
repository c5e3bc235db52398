"""The offers that run and the places of their partners, as this process last read them.

A page of benefits judges, orders and counts all of them. They are few thousands and change a few times a
day, so that a process keeps them, and a page asks the database one thing: what changed since. The answer is
exact (see `CatalogueChange`): whoever publishes an offer sees it on the next page, whatever process makes it.
Nothing that is kept is ever changed, for threads share it.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Generic, TypeVar

from django.db import connection
from django.utils import timezone

from core.arabic import fold
from core.models import Region, ServiceDomain
from partners.enums import Topic
from partners.models import Branch, CatalogueChange, Offer, Partner
from registry.models import Craft

Thing = TypeVar("Thing")


@dataclass(frozen=True, eq=False, slots=True)
class RunningOffer:
    """An offer with all that it is found and judged by; an empty set of regions, kinds or crafts is all."""

    offer: Offer
    words: str
    groups: frozenset[int]
    domains: frozenset[str]
    regions: frozenset[str]
    kinds: frozenset[str]
    crafts: frozenset[int]
    agreement_to_join: int | None

    def is_in_region(self, code: str) -> bool:
        return not self.regions or code in self.regions

    def is_for_craft(self, key: int) -> bool:
        return not self.crafts or key in self.crafts


@dataclass(frozen=True, eq=False)
class Offers:
    """All that run, in the order of the catalogue."""

    running: tuple[RunningOffer, ...]
    domains: tuple[ServiceDomain, ...]
    regions: tuple[Region, ...]
    crafts: tuple[Craft, ...]

    @cached_property
    def partners(self) -> tuple[Partner, ...]:
        """Those with an offer, and groups of which a company has one."""
        known = {}
        for one in self.running:
            for partner in (one.offer.partner, one.offer.partner.parent):
                if partner is not None:
                    known[partner.pk] = partner
        return tuple(sorted(known.values(), key=lambda partner: (partner.name_fr, partner.pk)))

    @cached_property
    def by_key(self) -> dict[int, Offer]:
        return {one.offer.pk: one.offer for one in self.running}

    def search(self, text: str) -> Sequence[RunningOffer]:
        """The same as `OfferQuerySet.search`."""
        if not (text or "").strip():
            return self.running
        words = fold(text).split()
        return [one for one in self.running if words and all(word in one.words for word in words)]


@dataclass(frozen=True, eq=False)
class Places:
    """Partners with an open place, by the code of commune, province and region."""

    in_commune: dict[str, frozenset[int]]
    in_province: dict[str, frozenset[int]]
    in_region: dict[str, frozenset[int]]


def offers() -> Offers:
    """The offers that run today."""
    return _offers.now()


def places() -> Places:
    return _places.now()


def count_by_domain(found: Iterable[RunningOffer]) -> dict[str | None, int]:
    """How many offers each domain has; None stands for offers without domain."""
    return Counter(code for one in found for code in (one.domains or (None,)))


def forget_changes(*, newest: int = 1000) -> int:
    """Delete the marks of changes long past but for the newest, so that counting them stays quick; how many.

    Each process then reads once more. No state is taken for an earlier one: marks are numbered, so that as
    many marks as before, of which one is newer, have another sum.
    """
    gone = 0
    for topic in Topic.values:
        marks = CatalogueChange.objects.filter(topic=topic)
        oldest = marks.order_by("-pk").values_list("pk", flat=True)[newest - 1 : newest].first()
        gone += marks.filter(pk__lt=oldest).delete()[0] if oldest else 0
    return gone


class _Kept(Generic[Thing]):
    """One thing read from the database, and read anew when its topic changed, or the day did."""

    def __init__(self, topic: Topic, read: Callable[[], Thing]):
        self._topic, self._read = topic, read
        self._lock = Lock()
        self._kept: tuple[tuple, Thing] | None = None

    def now(self) -> Thing:
        # Asked before reading: what changes in between makes the next page read again.
        version = (timezone.localdate(), *_version(self._topic))
        kept = self._kept
        if kept is None or kept[0] != version:
            with self._lock:
                kept = self._kept
                if kept is None or kept[0] != version:
                    kept = self._kept = (version, self._read())
        return kept[1]


def _version(topic: Topic) -> tuple[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), coalesce(sum(id), 0) FROM partners_cataloguechange WHERE topic = %s", [topic]
        )
        return cursor.fetchone()


def _read_offers() -> Offers:
    domains = tuple(ServiceDomain.objects.all())
    names = {one.code: "\n".join(map(fold, (one.name_ar, one.name_fr, one.name_en))) for one in domains}
    running = Offer.objects.running().in_catalogue_order().with_list_columns()
    return Offers(
        running=tuple(_running(offer, names) for offer in running),
        domains=domains,
        regions=tuple(Region.objects.all()),
        crafts=tuple(Craft.objects.current()),
    )


def _running(offer: Offer, names: dict[str, str]) -> RunningOffer:
    partner, agreement = offer.partner, offer.agreement
    domains = [domain.code for domain in offer.domains.all()]
    parent = [partner.parent.search_key] if partner.parent else []
    return RunningOffer(
        offer=offer,
        # Words are looked for one by one, and none holds the end of a line.
        words="\n".join([offer.search_key, partner.search_key, *parent, *(names[code] for code in domains)]),
        groups=frozenset({partner.pk, partner.parent_id} - {None}),
        domains=frozenset(domains),
        regions=frozenset(region.code for region in offer.regions.all()),
        kinds=frozenset(offer.kinds),
        crafts=frozenset(craft.pk for craft in offer.crafts.all()),
        agreement_to_join=agreement.pk if agreement is not None and agreement.needs_adhesion else None,
    )


def _read_places() -> Places:
    found: tuple[dict[str, set[int]], ...] = ({}, {}, {})
    places = ("commune", "commune__province", "commune__province__region")
    for partner, *codes in Branch.objects.open().order_by().values_list("partner", *places).distinct():
        for known, code in zip(found, codes, strict=True):
            known.setdefault(code, set()).add(partner)
    return Places(*({code: frozenset(keys) for code, keys in known.items()} for known in found))


_offers = _Kept(Topic.OFFERS, _read_offers)
_places = _Kept(Topic.PLACES, _read_places)
