"""One search box: a number, or a name in either script, among those whom the filters leave."""

from collections.abc import Iterable

from django.db import connection

from core.arabic import clean, fold
from registry.search.filters import Filters
from registry.search.names import MOST_ALIKE, names_like
from registry.search.people import MOST_PEOPLE, Found, people_named
from registry.search.words import candidates

# With filters, a common name is looked for among those whom they leave where this few were found.
FEW = 25


def find(text: str, filters: Filters) -> Found:
    """People of a name, the likeliest first; see `people_named` for their order."""
    words = fold(clean(text)).split()
    unfinished = not text.endswith(" ")
    names = names_like(words, unfinished=unfinished)
    found = people_named(names, filters)
    if len(found.ids) < FEW and len(names) >= MOST_ALIKE and filters != Filters():
        _add(found, _among_filtered(words, filters, unfinished))
    return found


def _add(found: Found, people: Iterable[int]) -> None:
    found.ids += [person for person in people if person not in found.matches]


def _among_filtered(words: list[str], filters: Filters, unfinished: bool) -> list[int]:
    """Those among the filtered who have every word, spelt some way: names too common to look at each."""
    known = candidates(words, unfinished=words[-1] if unfinished else "")
    conditions, parameters = filters.looked_up()
    for word in words:
        conditions.append("terms && %s")
        parameters.append([one.term for one in known[word] if one.is_alike])
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT registrant_id FROM registry_searchentry WHERE {' AND '.join(conditions)}"  # noqa: S608
            " LIMIT %s",
            [*parameters, MOST_PEOPLE],
        )
        return sorted(row[0] for row in cursor.fetchall())
