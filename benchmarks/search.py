"""Searching and listing the register: `python -m benchmarks.search 3000000`, with DATABASE_URL and REDIS_URL.

In a database of its own on that server, filled with COPY, measured and dropped (`KEEP=1` leaves it for the
next run with the same number). Queries are drawn from the register and broken by the rules written down in
`benchmarks.search_queries`. Time in the database is that of every statement a search sends, as the portal
waits for it. Pages are asked of a web server over HTTP by somebody who sees the whole country. Plain
`pg_trgm` similarity and `icontains` answer some of the same queries in the same run.
"""

import os
import sys
import time

from benchmarks.search_database import bring_up_to_date, filled, own_database


def main(count: int) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "chamber_portal.settings.local"
    with own_database(f"search_{count}", keep=bool(os.environ.get("KEEP"))) as is_new:
        import django

        django.setup()
        if is_new:
            _fill(count)
        else:
            bring_up_to_date()
        from benchmarks.search_figures import measure

        measure(count)


def _fill(count: int) -> None:
    """Put `count` people in, and print how long each step takes."""
    begun = since = time.perf_counter()
    for step in filled(count):
        print(f"{step:34}{time.perf_counter() - since:7.1f} s", flush=True)
        since = time.perf_counter()
    print(f"{f'{count:,} people in all':34}{since - begun:7.1f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
