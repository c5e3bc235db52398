"""What a list of the register is narrowed to, as conditions on its search entries."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Filters:
    """`terms` are values such as `kind:artisan` that all must be there; the database hashes them.

    What tends to go with the age of an entry (its state, its card, the day of registration) has an index of
    its own in the list's order: whoever has it may all lie far down.
    """

    region: str = ""
    state: str = ""
    card: str = ""
    terms: tuple[str, ...] = ()
    born_from: date | None = None
    born_until: date | None = None
    registered_from: date | None = None
    registered_until: date | None = None

    @property
    def by_registration(self) -> bool:
        """Whether the list goes by the day of registration, which it does where days are asked for."""
        return bool(self.registered_from or self.registered_until)

    @property
    def is_indexed(self) -> bool:
        """Whether the order of the list alone finds them, without looking at anybody else."""
        return not self.checked()[0]

    def scanned(self) -> tuple[list[str], list]:
        """Conditions that say where to walk: along an index that has the list's order."""
        if self.by_registration:
            return _conditions(*self._registered)
        place = ("state = %s", "" if self.card else self.state)
        return _conditions(("region_id = %s", self.region), place, ("card_standing = %s", self.card))

    def checked(self) -> tuple[list[str], list]:
        """Conditions that are looked at on the way."""
        terms = list(self.terms)
        if self.by_registration or self.card:
            terms += [f"state:{self.state}"] if self.state else []
        if self.by_registration:
            terms += self._place
            terms += [f"card:{self.card}"] if self.card else []
        return _conditions((_HAS_TERMS, terms), *self._born)

    def looked_up(self, *, with_region: bool = True) -> tuple[list[str], list]:
        """Every condition, as the inverted index and the indexes of days take them."""
        terms = [*self.terms, *(self._place if with_region else ())]
        terms += [f"state:{self.state}"] if self.state else []
        terms += [f"card:{self.card}"] if self.card else []
        return _conditions((_HAS_TERMS, terms), *self._born, *self._registered)

    @property
    def _place(self) -> list[str]:
        """The region, unless a place in it is asked for."""
        within = any(
            term.startswith((f"commune:{self.region}.", f"province:{self.region}.")) for term in self.terms
        )
        return [f"region:{self.region}"] if self.region and not within else []

    @property
    def _born(self) -> list[tuple[str, date | None]]:
        return [("birth_date >= %s", self.born_from), ("birth_date <= %s", self.born_until)]

    @property
    def _registered(self) -> list[tuple[str, date | None]]:
        return [("registered_on >= %s", self.registered_from), ("registered_on <= %s", self.registered_until)]


_HAS_TERMS = "terms @> registry_terms(VARIADIC %s::text[])"


def _conditions(*wanted: tuple) -> tuple[list[str], list]:
    """Those that have a value, and the values."""
    given = [(condition, value) for condition, value in wanted if value]
    return [condition for condition, _value in given], [value for _condition, value in given]
