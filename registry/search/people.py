"""From full names to people, in the order in which they are shown."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from django.db import connection

from registry.search.filters import Filters
from registry.search.names import NameMatch

# How many people a search lists; who has a namesake in every village is found with a filter.
MOST_PEOPLE = 500
# The first page is shared: a mistyped name may be somebody else's, and must not hide the one that was meant.
EXACT_FIRST = 8
NEAR_FIRST = 14
_EACH_EXACT, _EACH_NEAR = 200, 12
# So many names are looked through at most, and so many in any case.
_MOST_NAMES, _FIRST_NAMES = 250, 50
NAME_COLUMNS = ("person_ar", "person_latin", "organisation_ar", "organisation_latin")
_NAMES = ", ".join(f"entry.{column}" for column in NAME_COLUMNS)


@dataclass(slots=True)
class Found:
    """People in the order of the list, each with the name that was matched."""

    ids: list[int] = field(default_factory=list)
    matches: dict[int, NameMatch] = field(default_factory=dict)
    # Whether there are more than are listed.
    has_more: bool = False


def people_named(matches: Sequence[NameMatch], filters: Filters) -> Found:
    """Those who bear the names, within the filters; the first page is shared by exact and near names."""
    # Who is called just that before who is called that among other names.
    every_exact = sorted((match for match in matches if match.is_exact), key=lambda match: match.extra)
    every_near = [match for match in matches if not match.is_exact]
    exact, are_borne = _filling(every_exact, _EACH_EXACT, MOST_PEOPLE, filters)
    # Somebody may be found by the near names in both scripts, and is listed once.
    near, _borne = _filling(every_near, _EACH_NEAR, 2 * (MOST_PEOPLE - are_borne), filters)
    rows = _bearers(exact, near, filters)
    found = Found()
    by_name: dict[int, list[tuple]] = {}
    for row in rows:
        by_name.setdefault(row[0], []).append(row)
    sure = [row for match in exact for row in by_name.get(match.key, ())]
    doubtful = _one_each(near, by_name, {key for row in sure for key in row[2:]})
    _list(found, matches, sure[:EXACT_FIRST], doubtful[: max(NEAR_FIRST, 20 - len(sure))], sure, doubtful)
    others = [row for match in near for row in by_name.get(match.key, ())]
    _list(found, matches, others)
    found.has_more = len(found.ids) > MOST_PEOPLE
    found.has_more |= len(exact) < len(every_exact) or len(near) < len(every_near)
    found.has_more |= any(len(by_name.get(match.key, ())) >= _EACH_EXACT for match in exact)
    found.has_more |= any(len(by_name.get(match.key, ())) >= _EACH_NEAR for match in near)
    found.ids = found.ids[:MOST_PEOPLE]
    return found


def _filling(names: list[NameMatch], each: int, room: int, filters: Filters) -> tuple[list[NameMatch], int]:
    """The likeliest names that fill the room in the list, and by how many people they fill it.

    The first page has some in any case. With filters nobody knows how many bear a name.
    """
    if filters != Filters():
        return names[:_MOST_NAMES], 0
    borne = list(accumulate(min(name.people, each) for name in names[:_MOST_NAMES]))
    taken = max(bisect_left(borne, room) + 1, _FIRST_NAMES)
    return names[:taken], min(room, borne[-1] if borne else 0)


def _one_each(near: list[NameMatch], by_name: dict[int, list[tuple]], shown: set[int]) -> list[tuple]:
    """The first bearer of each near name whose bearers are not there by another of their names."""
    rows = []
    for match in near:
        if match.key not in shown and (bearers := by_name.get(match.key)):
            rows.append(bearers[0])
            shown.update(bearers[0][2:])
    return rows


def _list(found: Found, matches: Sequence[NameMatch], *groups: list[tuple]) -> None:
    by_key = {match.key: match for match in matches}
    for group in groups:
        for key, person, *_names in group:
            if person not in found.matches:
                found.matches[person] = by_key[key]
                found.ids.append(person)


def _bearers(exact: list[NameMatch], near: list[NameMatch], filters: Filters) -> list[tuple]:
    """(key, person, the person's four keys), for each name at most as many as are listed, the oldest first.

    Of a near name only the first bearer's keys are looked up.
    """
    # The region is in the indexes of names; everything else is looked at.
    conditions, values = filters.looked_up(with_region=False)
    if filters.region:
        conditions, values = ["region_id = %s", *conditions], [filters.region, *values]
    within = "".join(f" AND {condition}" for condition in conditions)
    sql, parameters = [], []
    for side, column in enumerate(NAME_COLUMNS):
        names = [match for match in (*exact, *near) if match.side == side]
        if not names:
            continue
        sql.append(
            f"SELECT wanted.key, bearer.registrant_id, {_NAMES}"  # noqa: S608 - columns, never values
            " FROM unnest(%s::bigint[], %s::boolean[]) AS wanted (key, is_exact) CROSS JOIN LATERAL"
            " (SELECT registrant_id, row_number() OVER (ORDER BY registrant_id) AS place"
            f" FROM registry_searchentry WHERE {column} = wanted.key{within} ORDER BY registrant_id"
            f" LIMIT CASE WHEN wanted.is_exact THEN {_EACH_EXACT} ELSE {_EACH_NEAR} END) AS bearer"
            " LEFT JOIN registry_searchentry AS entry ON entry.registrant_id ="
            " CASE WHEN wanted.is_exact OR bearer.place = 1 THEN bearer.registrant_id END"
        )
        parameters += [[name.key for name in names], [name.is_exact for name in names], *values]
    if not sql:
        return []
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(sql), parameters)
        return cursor.fetchall()
