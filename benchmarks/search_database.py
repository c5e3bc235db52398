"""A database of its own for a benchmark, filled with made-up people and gone afterwards."""

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import psycopg

NAME = "chamber_portal_bench_{}"
REFERENCE_DATA = ("load_territory", "load_service_domains", "load_crafts", "load_grounds")


@contextmanager
def own_database(what: str, *, keep: bool = False) -> Iterator[bool]:
    """Make it on the server that DATABASE_URL names, and let the variable name it; yield whether it is new.

    Whatever else lies on that server is left alone.
    """
    server, name = os.environ["DATABASE_URL"], NAME.format(what)
    with psycopg.connect(server, autocommit=True) as connection:
        is_known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if is_known and not keep:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
        if not (is_known and keep):
            connection.execute(f"CREATE DATABASE {name}")
        os.environ["DATABASE_URL"] = urlsplit(server)._replace(path=f"/{name}").geturl()
        is_whole = True
        try:
            yield not (is_known and keep)
        except BaseException:
            # One that was being filled would be taken for a full one the next time.
            is_whole = bool(is_known)
            raise
        finally:
            if not (keep and is_whole):
                connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def bring_up_to_date() -> None:
    """Make the tables as the code has them, and load territory, crafts and grounds."""
    from django.core.management import call_command

    for command in (["migrate", "--noinput"], *([name] for name in REFERENCE_DATA)):
        call_command(*command, verbosity=0, stdout=io.StringIO())


def filled(count: int) -> Iterator[str]:
    """Put the portal's tables and reference data there and `count` people; tell each step that is done."""
    from benchmarks.search_filling import fill
    from registry.search.rebuild import rebuild

    bring_up_to_date()
    yield "tables and reference data"
    fill(os.environ["DATABASE_URL"], count)
    yield "people, by COPY"
    steps = rebuild()
    doing = next(steps)
    # It tells each step before it is done.
    for following in steps:
        yield f"  {doing}"
        doing = following
    yield f"  {doing}"
