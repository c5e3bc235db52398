"""Who is on file already: by registration number, by identity number, else by name and birth date.

Numbers decide alone only where they agree. A number that is somebody's and an identity number that is
somebody else's, a candidate who has no number yet, people alike without a number in common: a person looks at
those before anything is written.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from core.arabic import fold
from registry.enums import ORGANISATION_KINDS, PERSON_KINDS, RegistrantState
from registry.imports.rows import Row
from registry.imports.vocabulary import folded
from registry.models import Registrant


class Why(TextChoices):
    """Why a row waits for somebody to look at it."""

    CONTRADICTION = "contradiction", _("Registration number and identity number are of two different people")
    OTHER_NATIONAL_ID = "other_national_id", _("Same registration number, another identity number")
    OTHER_NUMBER = "other_number", _("Same identity number, another registration number")
    CANDIDATE = "candidate", _("On file, but not registered yet: an application may be under way")
    ORGANISATION = "organisation", _("The same person represents this organisation")
    NAME_AND_BIRTH = "name_and_birth", _("Same name and same birth date")


@dataclass
class Match:
    """Whom a row means: one person, several to look at, or nobody. `elsewhere`: known in another region."""

    key: int | None = None
    candidates: list[tuple[int, str]] = field(default_factory=list)
    elsewhere: bool = False


# Names are compared as they are kept: six folded names between bars, the person's four first.
_ALIKE = """
    SELECT wanted.line, person.id, person.region_id
    FROM unnest(%s::int[], %s::date[], %s::text[], %s::text[])
         AS wanted (line, birth_date, arabic, latin)
    JOIN registry_registrant AS person ON person.birth_date = wanted.birth_date
    WHERE person.merged_into_id IS NULL AND person.erased_at IS NULL AND person.kind = ANY(%s)
      AND (
        split_part(person.name_key, '|', 1) || '|' || split_part(person.name_key, '|', 2) = wanted.arabic
        OR split_part(person.name_key, '|', 3) || '|' || split_part(person.name_key, '|', 4) = wanted.latin
      )
    ORDER BY wanted.line, person.id
"""
# Numbers by the thousand: as arrays, each of them is one value to whoever takes the statement apart.
_NUMBERED = """
    SELECT id, nia_compact, national_id, kind, state, merged_into_id, organisation_name_ar
    FROM registry_registrant
    WHERE erased_at IS NULL AND (nia_compact = ANY(%s::text[]) OR national_id = ANY(%s::text[]))
"""
_MOST_CANDIDATES = 5


def match(rows: Sequence[Row], *, region: str | None) -> dict[int, Match]:
    """Line by line whom each row means, in a fixed number of queries."""
    known = _Known(rows)
    found = {row.line: known.find(row) for row in rows}
    strangers = [row for row in rows if _is_nobody(found[row.line])]
    for line, candidates in _alike(strangers).items():
        found[line].candidates = candidates
    if region:
        regions = dict(Registrant.objects.filter(pk__in=_keys(found.values())).values_list("pk", "region_id"))
        for one in found.values():
            keys = {one.key} if one.key else {key for key, _why in one.candidates}
            # Numbers known elsewhere tell that the row is another chamber's; a like name does not.
            numbered = one.key or any(why != Why.NAME_AND_BIRTH for _key, why in one.candidates)
            if numbered and any(regions.get(key) != region for key in keys):
                one.key, one.candidates, one.elsewhere = None, [], True
            else:
                one.candidates = [pair for pair in one.candidates if regions.get(pair[0]) == region]
    return found


class _Known:
    """The people whose numbers are among those of the rows."""

    def __init__(self, rows: Sequence[Row]):
        numbers = {row.number_key for row in rows if row.number_key}
        identities = {row.values["national_id"] for row in rows if row.values.get("national_id")}
        with connection.cursor() as cursor:
            cursor.execute(_NUMBERED, [list(numbers), list(identities)])
            people = cursor.fetchall()
        self.by_number: dict[str, tuple] = {}
        self.people: dict[str, tuple] = {}
        self.organisations: dict[str, list[tuple]] = defaultdict(list)
        for person in people:
            _pk, number, national_id, kind, *_rest = person
            if number in numbers:
                self.by_number[number] = person
            if kind in PERSON_KINDS:
                self.people[national_id] = person
            else:
                self.organisations[national_id].append(person)

    def find(self, row: Row) -> Match:
        national_id = row.values.get("national_id", "")
        numbered = self.by_number.get(row.number_key) if row.number_key else None
        if not row.is_person:
            return self._find_organisation(row, numbered, national_id)
        identified = self.people.get(national_id) if national_id else None
        if numbered and identified and numbered[0] != identified[0]:
            return _look_at((numbered, Why.CONTRADICTION), (identified, Why.CONTRADICTION))
        if numbered:
            if national_id and numbered[2] != national_id:
                return _look_at((numbered, Why.OTHER_NATIONAL_ID))
            return Match(_stays(numbered))
        if identified:
            if row.number_key and identified[4] == RegistrantState.CANDIDATE:
                return _look_at((identified, Why.CANDIDATE))
            if row.number_key and identified[1] and identified[1] != row.number_key:
                return _look_at((identified, Why.OTHER_NUMBER))
            return Match(_stays(identified))
        return Match()

    def _find_organisation(self, row: Row, numbered: tuple | None, national_id: str) -> Match:
        if numbered:
            if numbered[3] not in ORGANISATION_KINDS or (national_id and numbered[2] != national_id):
                return _look_at((numbered, Why.OTHER_NATIONAL_ID))
            return Match(_stays(numbered))
        name = fold(row.values.get("organisation_name_ar", ""))
        represented = self.organisations.get(national_id, []) if national_id else []
        same = [one for one in represented if name and fold(one[6]) == name]
        if len(same) == 1 and not (row.number_key and same[0][1]):
            return Match(_stays(same[0]))
        return _look_at(*((one, Why.ORGANISATION) for one in represented[:_MOST_CANDIDATES]))


def _look_at(*found: tuple[tuple, Why]) -> Match:
    return Match(candidates=[(_stays(person), why.value) for person, why in found])


def _stays(person: tuple) -> int:
    """The entry itself, or the one that it was merged into."""
    return person[5] or person[0]


def _is_nobody(found: Match) -> bool:
    return found.key is None and not found.candidates


def _keys(found: Iterable[Match]) -> set[int]:
    return {key for one in found for key in ([one.key] if one.key else [pair[0] for pair in one.candidates])}


def _alike(rows: Sequence[Row]) -> dict[int, list[tuple[int, str]]]:
    """People of the same name, in either script, born the same day."""
    wanted = []
    for row in rows:
        values = row.values
        if not row.is_person or not values.get("birth_date"):
            continue
        arabic = _name(values, "ar")
        latin = _name(values, "latin")
        if arabic or latin:
            wanted.append((row.line, values["birth_date"], arabic, latin))
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    if wanted:
        with connection.cursor() as cursor:
            cursor.execute(_ALIKE, [*map(list, zip(*wanted, strict=True)), list(PERSON_KINDS)])
            for line, key, _region in cursor.fetchall():
                if len(found[line]) < _MOST_CANDIDATES:
                    found[line].append((key, Why.NAME_AND_BIRTH.value))
    return found


def _name(values: dict, script: str) -> str | None:
    given, family = (
        folded(values.get(f"given_name_{script}", "")),
        folded(values.get(f"family_name_{script}", "")),
    )
    return f"{given}|{family}" if given and family else None
