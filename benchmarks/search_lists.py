"""Lists of the register as addresses ask for them: each filter alone, several by lot, pages far down."""

import random
from datetime import timedelta
from urllib.parse import urlencode

from benchmarks.search_people import DAYS, FIRST_DAY, places
from core.models import Province, Region
from registry.enums import CardStanding, Flag, Gender, Kind, RegistrantState
from registry.models import Craft

EACH, TOGETHER = 40, 300
OLDEST_SPAN, LONGEST_DAYS = 30, 90


class Lists:
    """Addresses of lists, drawn by lot; the same ones for the same seed."""

    def __init__(self, count: int, seed: int) -> None:
        self.count = count
        self.rng = random.Random(seed)
        self.crafts = list(Craft.objects.current().values_list("pk", "branch_id"))
        self.regions = list(Region.objects.values_list("pk", flat=True))
        self.provinces = list(Province.objects.with_communes().values_list("pk", flat=True))
        self.communes = [place.code for place in places()]
        self.ways = {
            "state": lambda: {"state": self._one(RegistrantState.values)},
            "kind": lambda: {"kind": self._one(Kind.values)},
            "gender": lambda: {"gender": self._one(Gender.values)},
            "card": lambda: {"card": self._one(CardStanding.values)},
            "flag": lambda: {"flag": self._one(Flag.values)},
            "region": lambda: {"region": self._one(self.regions)},
            "province": lambda: {"province": self._one(self.provinces)},
            "commune": self._commune,
            "branch": lambda: {"branch": self._one(self.crafts)[1]},
            "craft": lambda: {"craft": self._one(self.crafts)[0]},
            "age": self._age,
            "days": self._days,
        }

    def by_kind(self) -> dict[str, list[str]]:
        """Addresses by what is filtered by."""
        lists = {"everybody": [self._address({}) for _ in range(EACH)]}
        lists |= {name: [self._address(way()) for _ in range(EACH)] for name, way in self.ways.items()}
        lists["two to four together"] = [self._address(self._together()) for _ in range(TOGETHER)]
        return lists

    def _address(self, query: dict) -> str:
        """The first page, or as often one that begins anywhere."""
        if "registered_from" not in query and self.rng.random() < 0.5:
            query = query | {"after": self.rng.randint(1, self.count)}
        return urlencode(query)

    def _together(self) -> dict:
        chosen = self.rng.sample(list(self.ways), self.rng.randint(2, 4))
        return {name: value for way in chosen for name, value in self.ways[way]().items()}

    def _one(self, values):
        return self.rng.choice(values)

    def _commune(self) -> dict:
        commune = self._one(self.communes)
        return {"province": ".".join(commune.split(".")[:2]), "commune": commune}

    def _age(self) -> dict:
        youngest = self.rng.randint(18, 70)
        return {"age_from": youngest, "age_to": youngest + self.rng.randint(0, OLDEST_SPAN)}

    def _days(self) -> dict:
        first = FIRST_DAY + timedelta(days=self.rng.randrange(DAYS))
        return {
            "registered_from": first,
            "registered_to": first + timedelta(days=self.rng.randint(0, LONGEST_DAYS)),
        }
