"""Benefits among many holders and offers: `python -m benchmarks.benefits 500000 2000`, with DATABASE_URL.

In a database of its own on that server, filled with COPY, measured and dropped (`KEEP=1` leaves it for the
next run with the same numbers). Each time is that of a whole page: the view, its statements and its template,
as the server answers somebody signed in. Holders, filters, words and offers are drawn by lot, the same for
the same numbers. The plain way of the first page, in the same run: every offer judged and sorted in Python.
"""

import os
import random
import sys
import time

from benchmarks.search_database import bring_up_to_date, own_database

PAGES = 200
PLAIN = 15


def main(holders: int, offers: int) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "chamber_portal.settings.local"
    name = f"benefits_{holders}_{offers}"
    with own_database(name, keep=bool(os.environ.get("KEEP"))) as is_new:
        import django

        django.setup()
        bring_up_to_date()
        from benchmarks.benefits_filling import fill
        from benchmarks.benefits_visits import Visits

        if is_new:
            begun = time.perf_counter()
            fill(os.environ["DATABASE_URL"], holders, offers)
            print(f"{holders:,} holders, {offers:,} offers: {time.perf_counter() - begun:.1f} s", flush=True)
        from chamber_portal.warming import warm_up

        warm_up()
        _measure(Visits(random.Random(6)))


def _measure(visits) -> None:
    from benchmarks.search_timing import share

    print(f"\n{'milliseconds a page':44}{'pages':>7}{'p50':>9}{'p95':>9}{'database p95':>14}")
    worst = 0.0
    for words, visit in (
        ("my benefits, rights first, nearest first", visits.own_benefits),
        ("my benefits of one domain", visits.own_domain),
        ("one offer with my right to it", visits.own_offer),
        ("catalogue, filtered", visits.filtered),
        ("catalogue, searched", visits.searched),
        ("a partner's check of a card and its rights", visits.check),
    ):
        for _warm_up in range(5):
            visit()
        times = [visit() for _page in range(PAGES)]
        whole, database = [one.whole for one in times], [one.database for one in times]
        print(
            f"{words:44}{PAGES:7}{share(whole, 0.5):9.1f}{share(whole, 0.95):9.1f}"
            f"{share(database, 0.95):14.1f}",
            flush=True,
        )
        worst = max(worst, share(whole, 0.95))
    plain = [visits.plain() for _page in range(PLAIN)]
    words = "my benefits, judged and sorted in Python"
    print(f"{words:44}{PLAIN:7}{share(plain, 0.5):9.1f}{share(plain, 0.95):9.1f}")
    print(f"p95_ms={worst:.1f} plain_p95_ms={share(plain, 0.95):.1f}")


if __name__ == "__main__":
    arguments = [int(argument) for argument in sys.argv[1:]]
    main(*(arguments + [500_000, 2_000][len(arguments) :]))
