# ruff: noqa: S608 - the statements are put together from our own conditions, never from values
"""Pages and counts of the register, whatever it is filtered by, without looking at everybody.

Two ways lead to a page. Where many match, one walks along the list's order and looks at each entry until
the page is full. Where few match, that would walk through the whole register: then the inverted index finds
them all and the page is cut from them. Nobody knows beforehand how many match, so one walks a little first.
"""

import json
from dataclasses import dataclass
from datetime import date

from django.db import connection

from registry.search.filters import Filters

PAGE_SIZE = 25
# Counted to here; beyond, "more than", with what the database estimates.
MOST_COUNTED = 1_000
# So many are surely more than are counted, if the first of them are met at once.
SURELY_MORE, MET_AT_ONCE = 10 * MOST_COUNTED, 10
# A short walk, and a long one for those who are rarer; fewer than `MANY` are sooner looked up than walked to.
SHORT_WALK, LONG_WALK = 4_000, 40_000
MANY = 5_000
_BY_ID, _BY_REGISTRATION = "registrant_id", "(registered_on, registrant_id)"


@dataclass(frozen=True, slots=True)
class Page:
    """Ids in the order of the list, and the cursors of the pages before and after, or None."""

    ids: list[int]
    previous: str | None
    next: str | None


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are, or more than that many, then about `estimate`."""

    number: int
    is_exact: bool
    estimate: int = 0

    @property
    def rounded(self) -> int:
        """The estimate with two digits that mean something."""
        unit = 10 ** max(len(str(self.estimate)) - 2, 0)
        return round(self.estimate / unit) * unit


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last entry of a page. Text that is none is the list's beginning."""

    id: int
    day: date | None = None

    def __str__(self) -> str:
        return f"{self.day.isoformat()}.{self.id}" if self.day else str(self.id)

    @classmethod
    def parse(cls, text: str, filters: Filters) -> "Cursor | None":
        day, _dot, number = text.rpartition(".")
        if not (number.isascii() and number.isdigit() and len(number) < 19):
            return None
        if not filters.by_registration:
            return cls(int(number))
        try:
            return cls(int(number), date.fromisoformat(day))
        except ValueError:
            return None


def page_of(filters: Filters, *, after: str = "", before: str = "") -> Page:
    """The page behind or before a cursor, the newest first; people added meanwhile move nobody to it."""
    backwards = bool(before)
    cursor = Cursor.parse(before or after, filters)
    rows = _rows(filters, cursor, backwards=backwards)
    has_more = len(rows) > PAGE_SIZE
    rows = rows[:PAGE_SIZE]
    if backwards:
        rows.reverse()
    if not rows:
        return Page([], None, None)
    cursors = [str(Cursor(row[0], row[1] if filters.by_registration else None)) for row in rows]
    return Page(
        [row[0] for row in rows],
        cursors[0] if (has_more if backwards else cursor) else None,
        cursors[-1] if (cursor if backwards else has_more) else None,
    )


def count_of(filters: Filters) -> Count:
    """How many match, exact up to `MOST_COUNTED`."""
    in_order = _walk(filters, None, limit=MOST_COUNTED + 1)
    found = _counted(*in_order) if filters.is_indexed else _found(filters)
    if found <= MOST_COUNTED:
        return Count(found, is_exact=True)
    return Count(MOST_COUNTED, is_exact=False, estimate=max(_estimate(filters), MOST_COUNTED))


def _found(filters: Filters) -> int:
    """How many match, as far as it is counted."""
    walk, parameters = _walk(filters, None, limit=SHORT_WALK)
    conditions, more = filters.checked()
    met = f"SELECT count(*) FILTER (WHERE {' AND '.join(conditions)}), count(*) FROM ({walk}) AS walk"
    found, seen = _fetch(met, [*more, *parameters])[0]
    if found > MOST_COUNTED or seen < SHORT_WALK:
        return found
    if found >= MET_AT_ONCE and _estimate(filters) > SURELY_MORE:
        return MOST_COUNTED + 1
    conditions, parameters = filters.looked_up()
    sql = f"SELECT FROM registry_searchentry WHERE {' AND '.join(conditions)} LIMIT {MOST_COUNTED + 1}"
    return _counted(sql, parameters)


def _rows(filters: Filters, cursor: Cursor | None, *, backwards: bool) -> list[tuple]:
    wanted = PAGE_SIZE + 1
    if filters.is_indexed:
        return _fetch(*_walk(filters, cursor, backwards=backwards, limit=wanted))
    rows = _walked(filters, cursor, backwards, SHORT_WALK)
    if rows is None and _estimate(filters) > MANY:
        rows = _walked(filters, cursor, backwards, LONG_WALK)
    if rows is None:
        rows = _fetch(*_lookup(filters, cursor, backwards=backwards, limit=wanted))
    return rows


def _walked(filters: Filters, cursor: Cursor | None, backwards: bool, steps: int) -> list[tuple] | None:
    """The next page's rows; None where so many steps were too few to fill it or to come to the end."""
    walk, parameters = _walk(filters, cursor, backwards=backwards, limit=steps)
    conditions, more = filters.checked()
    sql = f"SELECT registrant_id, registered_on FROM ({walk}) AS walk WHERE {' AND '.join(conditions)}"
    rows = _fetch(f"{sql} LIMIT {PAGE_SIZE + 1}", [*parameters, *more])
    if len(rows) <= PAGE_SIZE and _counted(walk, parameters) == steps:
        return None
    return rows


def _walk(
    filters: Filters, cursor: Cursor | None, *, limit: int, backwards: bool = False
) -> tuple[str, list]:
    """Entries along the list's order from the cursor on."""
    conditions, parameters = filters.scanned()
    return _ordered(filters, conditions, parameters, cursor, backwards, limit, by_index=True)


def _lookup(
    filters: Filters, cursor: Cursor | None, *, limit: int, backwards: bool = False
) -> tuple[str, list]:
    """The same entries by the inverted index; their order is not offered, so that nobody walks."""
    conditions, parameters = filters.looked_up()
    return _ordered(filters, conditions, parameters, cursor, backwards, limit, by_index=False)


def _ordered(filters, conditions, parameters, cursor, backwards, limit, *, by_index) -> tuple[str, list]:
    conditions, parameters = [*conditions], [*parameters]
    key = _BY_REGISTRATION if filters.by_registration else _BY_ID
    if cursor:
        conditions.append(f"{key} {'>' if backwards else '<'} {'(%s, %s)' if cursor.day else '%s'}")
        parameters += [cursor.day, cursor.id] if cursor.day else [cursor.id]
    direction = "ASC" if backwards else "DESC"
    order = f"registrant_id {'' if by_index else '+ 0'} {direction}"
    if filters.by_registration:
        order = f"registered_on {'' if by_index else '+ 0'} {direction}, {order}"
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    return (
        "SELECT registrant_id, registered_on, birth_date, terms FROM registry_searchentry"
        f" {where} ORDER BY {order} LIMIT {limit}",
        parameters,
    )


def _estimate(filters: Filters) -> int:
    """What the planner makes of its statistics."""
    conditions, parameters = filters.looked_up()
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) SELECT 1 FROM registry_searchentry{where}", parameters)
        plan = cursor.fetchone()[0]
    return int((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]["Plan Rows"])


def _counted(sql: str, parameters: list) -> int:
    return _fetch(f"SELECT count(*) FROM ({sql}) AS counted", parameters)[0][0]


def _fetch(sql: str, parameters: list) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()
