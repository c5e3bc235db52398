"""From full names to people, in the order in which they are shown."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import connection

from registry.search.filters import Filters
from registry.search.names import NameMatch

# How many people a search lists; who has a namesake in every village is found with a filter.
MOST_PEOPLE = 500
# The first page is shared: a mistyped name may be somebody else's, and must not hide the one that was meant.
EXACT_FIRST = 8
NEAR_FIRST = 14
_EACH_EXACT, _EACH_NEAR = 200, 12
_MOST_NEAR_NAMES = 250
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
    exact = [match for match in matches if match.is_exact]
    near = [match for match in matches if not match.is_exact]
    rows = _bearers(
        [(match, _EACH_EXACT) for match in exact[:_MOST_NEAR_NAMES]]
        + [(match, _EACH_NEAR) for match in near[:_MOST_NEAR_NAMES]],
        filters,
    )
    found = Found()
    by_name: dict[int, list[tuple]] = {}
    for row in rows:
        by_name.setdefault(row[0], []).append(row)
    # Who is called just that before who is called that among other names.
    exact.sort(key=lambda match: match.extra)
    sure = [row for match in exact for row in by_name.get(match.key, ())]
    doubtful = _one_each(near, by_name, {key for row in sure for key in row[2:]})
    _list(found, matches, sure[:EXACT_FIRST], doubtful[: max(NEAR_FIRST, 20 - len(sure))], sure, doubtful)
    others = [row for match in near for row in by_name.get(match.key, ())]
    _list(found, matches, others)
    found.has_more = len(found.ids) > MOST_PEOPLE or len(near) > _MOST_NEAR_NAMES
    found.has_more |= any(len(by_name.get(match.key, ())) >= _EACH_EXACT for match in exact)
    found.has_more |= any(len(by_name.get(match.key, ())) >= _EACH_NEAR for match in near)
    found.ids = found.ids[:MOST_PEOPLE]
    return found


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


def _bearers(wanted: list[tuple[NameMatch, int]], filters: Filters) -> list[tuple]:
    """(key, person, the person's four keys), for each name at most as many as asked, the oldest first."""
    # The region is in the indexes of names; everything else is looked at.
    conditions, values = filters.looked_up(with_region=False)
    if filters.region:
        conditions, values = ["region_id = %s", *conditions], [filters.region, *values]
    within = "".join(f" AND {condition}" for condition in conditions)
    sql, parameters = [], []
    for side, column in enumerate(NAME_COLUMNS):
        names = [(match.key, most) for match, most in wanted if match.side == side]
        if not names:
            continue
        sql.append(
            f"SELECT wanted.key, entry.registrant_id, {_NAMES}"  # noqa: S608 - columns, never values
            " FROM unnest(%s::bigint[], %s::int[]) AS wanted (key, most),"
            f" LATERAL (SELECT registrant_id FROM registry_searchentry WHERE {column} = wanted.key{within}"
            " ORDER BY registrant_id LIMIT wanted.most) AS bearer"
            " JOIN registry_searchentry AS entry ON entry.registrant_id = bearer.registrant_id"
        )
        parameters += [[key for key, _most in names], [most for _key, most in names]]
        parameters += values
    if not sql:
        return []
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(sql), parameters)
        return cursor.fetchall()
