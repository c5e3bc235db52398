"""The two plain ways to find a name: `pg_trgm` similarity with its index, and `icontains` on the columns.

Similarity is asked for names in Latin letters alone: in PostgreSQL's built-in locale, which the portal uses,
`pg_trgm` takes no Arabic letter for a letter and finds nobody.
"""

from collections.abc import Sequence

from django.db import connection
from django.db.models import Q

from benchmarks.search_queries import Query
from benchmarks.search_timing import timed
from core.arabic import fold
from registry.models import Registrant

FIRST = 20
NAMES = ("given_name_ar", "family_name_ar", "given_name_latin", "family_name_latin")
_LATIN = "(given_name_latin || ' ' || family_name_latin)"


def index_for_similarity() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '1GB'")
        cursor.execute(
            "CREATE INDEX IF NOT EXISTS bench_similarity ON registry_registrant"
            f" USING gin ({_LATIN} gin_trgm_ops)"
        )


def by_similarity(text: str) -> list[str]:
    """The Latin names of the first twenty."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_LATIN} FROM registry_registrant WHERE {_LATIN} %% %s"  # noqa: S608
            f" ORDER BY similarity({_LATIN}, %s) DESC LIMIT {FIRST}",
            [text, text],
        )
        return [row[0] for row in cursor.fetchall()]


def by_icontains(text: str) -> list[str]:
    """The names of the first twenty that have every word in one of their four columns."""
    people = Registrant.objects.all()
    for word in text.split():
        people = people.filter(Q(*((f"{name}__icontains", word) for name in NAMES), _connector=Q.OR))
    return [f"{person.person_name_ar}|{person.person_name_latin}" for person in people[:FIRST]]


def measured(way, queries: Sequence[Query]) -> tuple[list[float], float]:
    """Milliseconds in the database, and for how many a name that was meant came among the first."""
    times, found = [], 0
    for query in queries:
        with timed() as clock:
            names = way(query.text)
        times.append(clock.database)
        found += query.meant in {fold(part) for name in names for part in name.split("|")}
    return times, found / len(queries)
