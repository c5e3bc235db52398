# ruff: noqa: S608 - the statements are put together from our own conditions, never from values
"""Pages and counts of the register, whatever it is filtered by, without looking at everybody.

Two ways lead to a page. Where many match, one walks along the list's order and looks at each entry until
the page is full. Where few match, that would walk through the whole register: then the inverted index finds
them all and the page is cut from them. Nobody knows beforehand how many match, so one walks a little first.
"""

import json
from dataclasses import dataclass
from datetime import date
from functools import cached_property

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


class Listing:
    """One list, with what looking for its page told of how many there are."""

    def __init__(self, filters: Filters):
        self.filters = filters
        # How many were met on a whole short walk from the top, and how many entries it had.
        self._met: tuple[int, int] | None = None
        # How many match, where the inverted index found them all.
        self._total: int | None = None

    def page(self, *, after: str = "", before: str = "") -> Page:
        """The page behind or before a cursor, the newest first; people added meanwhile move nobody to it."""
        backwards = bool(before)
        cursor = Cursor.parse(before or after, self.filters)
        rows = self._rows(cursor, backwards=backwards)
        has_more = len(rows) > PAGE_SIZE
        rows = rows[:PAGE_SIZE]
        if backwards:
            rows.reverse()
        if not rows:
            return Page([], None, None)
        cursors = [str(Cursor(row[0], row[1] if self.filters.by_registration else None)) for row in rows]
        return Page(
            [row[0] for row in rows],
            cursors[0] if (has_more if backwards else cursor) else None,
            cursors[-1] if (cursor if backwards else has_more) else None,
        )

    def count(self) -> Count:
        """How many match, exact up to `MOST_COUNTED`."""
        found = self._counted()
        if found <= MOST_COUNTED:
            return Count(found, is_exact=True)
        return Count(MOST_COUNTED, is_exact=False, estimate=max(self._estimate, MOST_COUNTED))

    @cached_property
    def _estimate(self) -> int:
        """What the planner makes of its statistics."""
        conditions, parameters = self.filters.looked_up()
        sql = f"EXPLAIN (FORMAT JSON) SELECT 1 FROM registry_searchentry{_where(conditions)}"
        plan = _fetch(sql, parameters)[0][0]
        return int((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]["Plan Rows"])

    def _counted(self) -> int:
        """How many match, as far as it is counted."""
        if self._total is not None:
            return self._total
        if self.filters.is_indexed:
            return _count(*_walk(self.filters, None, limit=MOST_COUNTED + 1))
        found, seen = self._met or self._meet()
        if found > MOST_COUNTED or seen < SHORT_WALK:
            return found
        if found >= MET_AT_ONCE and self._estimate > SURELY_MORE:
            return MOST_COUNTED + 1
        conditions, parameters = self.filters.looked_up()
        sql = f"SELECT FROM registry_searchentry WHERE {' AND '.join(conditions)} LIMIT {MOST_COUNTED + 1}"
        return _count(sql, parameters)

    def _meet(self) -> tuple[int, int]:
        walk, parameters = _walk(self.filters, None, limit=SHORT_WALK)
        conditions, more = self.filters.checked()
        met = f"SELECT count(*) FILTER (WHERE {' AND '.join(conditions)}), count(*) FROM ({walk}) AS walk"
        return _fetch(met, [*more, *parameters])[0]

    def _rows(self, cursor: Cursor | None, *, backwards: bool) -> list[tuple]:
        if self.filters.is_indexed:
            return _fetch(*_walk(self.filters, cursor, backwards=backwards, limit=PAGE_SIZE + 1))
        rows = self._walked(cursor, backwards, SHORT_WALK)
        if rows is None and self._estimate > MANY:
            rows = self._walked(cursor, backwards, LONG_WALK)
        return self._looked_up(cursor, backwards) if rows is None else rows

    def _walked(self, cursor: Cursor | None, backwards: bool, steps: int) -> list[tuple] | None:
        """The next page's rows; None where so many steps were too few to fill it or to come to the end."""
        walk, parameters = _walk(self.filters, cursor, backwards=backwards, limit=steps)
        conditions, more = self.filters.checked()
        sql = f"SELECT registrant_id, registered_on FROM ({walk}) AS walk WHERE {' AND '.join(conditions)}"
        rows = _fetch(f"{sql} LIMIT {PAGE_SIZE + 1}", [*parameters, *more])
        if len(rows) > PAGE_SIZE:
            return rows
        seen = _count(walk, parameters)
        if cursor is None and steps == SHORT_WALK:
            self._met = len(rows), seen
        return None if seen == steps else rows

    def _looked_up(self, cursor: Cursor | None, backwards: bool) -> list[tuple]:
        """The same by the inverted index, which finds them all: then they are counted too."""
        conditions, parameters = self.filters.looked_up()
        found = (
            f"SELECT registrant_id, registered_on FROM registry_searchentry WHERE {' AND '.join(conditions)}"
        )
        behind, more = _behind(self.filters, cursor, backwards)
        order = _order(self.filters, backwards)
        rows = _fetch(
            f"WITH found AS MATERIALIZED ({found})"
            " SELECT registrant_id, registered_on, (SELECT count(*) FROM found) FROM found"
            f"{_where(behind)} ORDER BY {order} LIMIT {PAGE_SIZE + 1}",
            [*parameters, *more],
        )
        if rows or not cursor:
            self._total = rows[0][2] if rows else 0
        return rows


def _walk(
    filters: Filters, cursor: Cursor | None, *, limit: int, backwards: bool = False
) -> tuple[str, list]:
    """Entries along the list's order from the cursor on."""
    conditions, parameters = filters.scanned()
    behind, more = _behind(filters, cursor, backwards)
    return (
        "SELECT registrant_id, registered_on, birth_date, terms FROM registry_searchentry"
        f"{_where([*conditions, *behind])} ORDER BY {_order(filters, backwards)} LIMIT {limit}",
        [*parameters, *more],
    )


def _behind(filters: Filters, cursor: Cursor | None, backwards: bool) -> tuple[list[str], list]:
    if cursor is None:
        return [], []
    way = ">" if backwards else "<"
    if filters.by_registration:
        return [f"(registered_on, registrant_id) {way} (%s, %s)"], [cursor.day, cursor.id]
    return [f"registrant_id {way} %s"], [cursor.id]


def _order(filters: Filters, backwards: bool) -> str:
    direction = "ASC" if backwards else "DESC"
    order = f"registrant_id {direction}"
    return f"registered_on {direction}, {order}" if filters.by_registration else order


def _where(conditions: list[str]) -> str:
    return f" WHERE {' AND '.join(conditions)}" if conditions else ""


def _count(sql: str, parameters: list) -> int:
    return _fetch(f"SELECT count(*) FROM ({sql}) AS counted", parameters)[0][0]


def _fetch(sql: str, parameters: list) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()
