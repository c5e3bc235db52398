"""Cards that lie in their boxes: for how long, and where a caravan would find most of their holders."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cards.querysets import CardQuerySet

# Days since the register was told; the last has no end, and takes those of whom no day is known.
AGES = {"30": (0, 30), "90": (31, 90), "180": (91, 180), "more": (181, None)}
AGE_LABELS = {
    "30": _("Up to 30 days"),
    "90": _("31 to 90 days"),
    "180": _("91 to 180 days"),
    "more": _("More than 180 days"),
}
_SINCE = "registrant__card_standing_since"


@dataclass
class Place:
    """One commune or province: `ages` holds the cards by the keys of `AGES`."""

    code: str
    name_ar: str
    name_fr: str
    region: str
    province: str
    total: int
    ages: dict[str, int] = field(default_factory=dict)


def aged(age: str, today: date | None = None) -> Q:
    """Cards that have waited as long as one of `AGES` says."""
    today = today or timezone.localdate()
    least, most = AGES[age]
    newest = Q(**{f"{_SINCE}__lte": today - timedelta(days=least)})
    if most is None:
        return newest | Q(**{f"{_SINCE}__isnull": True})
    return newest & Q(**{f"{_SINCE}__gte": today - timedelta(days=most)})


def by_commune(cards: CardQuerySet) -> list[Place]:
    """The waiting cards of each commune, most first. One query."""
    rows = (
        cards.waiting_for_holder()
        .order_by()
        .values(
            code=F("registrant__commune_id"),
            name_ar=F("registrant__commune__name_ar"),
            name_fr=F("registrant__commune__name_fr"),
            region=F("registrant__region_id"),
            province=F("registrant__commune__province_id"),
        )
        .annotate(total=Count("pk"), **{f"age_{age}": Count("pk", filter=aged(age)) for age in AGES})
        .order_by("-total", "code")
    )
    places = []
    for row in rows:
        ages = {age: row.pop(f"age_{age}") for age in AGES}
        places.append(Place(**row, ages=ages))
    return places


def by_province(communes: list[Place]) -> dict[str, int]:
    """The waiting cards of each province by its code, most first."""
    totals: dict[str, int] = defaultdict(int)
    for place in communes:
        totals[place.province] += place.total
    return dict(sorted(totals.items(), key=lambda item: (-item[1], item[0])))
