"""What is measured of searches, lists and pages, as tables and as one last line."""

import random
from collections.abc import Sequence

from django.http import QueryDict

from benchmarks import search_plain, search_queries
from benchmarks.search_lists import Lists
from benchmarks.search_pages import WebServer
from benchmarks.search_queries import Person, Query
from benchmarks.search_timing import Table, share, timed
from core.models import User
from core.roles import Role
from registry.filters import RegisterFilterForm
from registry.models import Registrant
from registry.search.filters import Filters
from registry.search.finding import find
from registry.search.listing import Listing

QUERIES, WARM_UP, PAGES, PLAIN = 1_000, 200, 300, 20
# Each of these reads the whole register.
SCANS = 8
FIRST = 20
EDIT, CROSS = "one mistake", "another script or spelling"


def measure(count: int) -> None:
    people = _people(count, QUERIES, seed=1)
    queries = {
        "as written": list(search_queries.exact(people[: QUERIES // 3], 1)),
        EDIT: list(search_queries.edited(people, 1)),
        CROSS: list(search_queries.crossed(people, 1)),
    }
    for query in search_queries.edited(_people(count, WARM_UP, seed=2), 2):
        find(query.text, Filters())
    database, found = _searches(queries)
    lists = Lists(count, 1).by_kind()
    _lists(lists)
    pages = _pages([query for some in queries.values() for query in some[: PAGES // 3]], lists)
    ratios = _plain(queries[EDIT], share(database[EDIT], 0.95))
    every = [time for times in database.values() for time in times]
    print(
        f"p50_db_ms={share(every, 0.5):.1f} p95_db_ms={share(every, 0.95):.1f} p95_page_ms={pages:.1f}"
        f" recall_edit={found[EDIT]:.4f} recall_cross={found[CROSS]:.4f} {ratios}"
    )


def _people(count: int, number: int, *, seed: int) -> list[Person]:
    rng = random.Random(seed)
    names = ("given_name_ar", "family_name_ar", "given_name_latin", "family_name_latin")
    ids = rng.sample(range(1, count + 1), min(number, count))
    rows = (
        Registrant.objects.filter(pk__in=ids).order_by("pk").values_list("pk", "region_id", *names, "gender")
    )
    people = [Person(*row) for row in rows]
    rng.shuffle(people)
    return people


def _searches(queries: dict[str, Sequence[Query]]) -> tuple[dict[str, list[float]], dict[str, float]]:
    """For each kind of query the milliseconds in the database, and how many found who was meant."""
    table = Table("searches", ("in the database", "with ranking"))
    database, found = {}, {}
    for kind, some in queries.items():
        wholes, hits = [], 0
        database[kind] = []
        for query in some:
            with timed() as clock:
                ids = find(query.text, Filters()).ids[:FIRST]
            database[kind].append(clock.database)
            wholes.append(clock.whole)
            hits += query.meant in _names(ids, query.side)
        found[kind] = hits / len(some)
        table.add(kind, database[kind], wholes, found=found[kind])
    regional = []
    for query in queries[EDIT][:PAGES]:
        with timed() as clock:
            find(query.text, Filters(region=query.region))
        regional.append((clock.database, clock.whole))
    table.add(f"{EDIT}, in one region", *zip(*regional, strict=True))
    return database, found


def _names(ids: list[int], side: int) -> set[str]:
    keys = Registrant.objects.filter(pk__in=ids).values_list("name_key", flat=True)
    return {" ".join(key.split("|")[2 * side : 2 * side + 2]) for key in keys}


def _lists(lists: dict[str, list[str]]) -> None:
    table = Table("lists and counts, in the database", ("page", "count"))
    reader = User(roles=[Role.NATIONAL_ADMIN])
    every = []
    for kind, addresses in lists.items():
        times = []
        for address in addresses:
            query = QueryDict(address)
            listing = Listing(RegisterFilterForm(query, user=reader).filters())
            with timed() as page:
                listing.page(after=query.get("after", ""))
            # As the page asks for it: what the page has found is not counted again.
            with timed() as number:
                listing.count()
            times.append((page.database, number.database))
        table.add(kind, *zip(*times, strict=True))
        every += times
    table.add("all of them", *zip(*every, strict=True))


def _pages(queries: Sequence[Query], lists: dict[str, list[str]]) -> float:
    """The 95th percentile of a page of results, in milliseconds."""
    with WebServer() as server:
        for query in queries[:WARM_UP:5]:
            server.search(query.text)
        before = server.memory_mb()
        table = Table("whole pages, over HTTP", ("page",))
        times = [server.search(query.text) for query in queries]
        shown = [page for page, _whole in times]
        table.add("results of a search", shown)
        table.add("the same with what leads to it", [whole for _page, whole in times])
        for kind, addresses in lists.items():
            table.add(kind, [server.get(f"/register/?{address}") for address in addresses])
        print(f"memory of the server's process: {before:.0f} MB before, {server.memory_mb():.0f} MB after")
    return share(shown, 0.95)


def _plain(queries: Sequence[Query], ours: float) -> str:
    search_plain.index_for_similarity()
    table = Table(f"plain ways, {EDIT}", ("in the database",))
    latin = [query for query in queries if query.side == 1][:PLAIN]
    similar, found = search_plain.measured(search_plain.by_similarity, latin)
    table.add("pg_trgm, Latin names alone", similar, found=found)
    contains, found = search_plain.measured(search_plain.by_icontains, queries[:SCANS])
    table.add("icontains", contains, found=found)
    return f"ratio_trgm={share(similar, 0.95) / ours:.1f} ratio_icontains={share(contains, 0.95) / ours:.1f}"
