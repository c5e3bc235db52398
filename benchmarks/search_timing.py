"""How long statements take, and tables of the times."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import connection


class Clock:
    """Milliseconds spent waiting for the database, and in all."""

    database = 0.0
    whole = 0.0

    def __call__(self, execute, sql, parameters, many, context):
        begun = time.perf_counter()
        try:
            return execute(sql, parameters, many, context)
        finally:
            self.database += (time.perf_counter() - begun) * 1000


@contextmanager
def timed() -> Iterator[Clock]:
    clock = Clock()
    begun = time.perf_counter()
    with connection.execute_wrapper(clock):
        yield clock
    clock.whole = (time.perf_counter() - begun) * 1000


def share(values: Sequence[float], part: float) -> float:
    """The value that this part of all values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]


class Table:
    """p50 and p95 of several columns of times, line by line, in milliseconds."""

    def __init__(self, title: str, columns: Sequence[str]) -> None:
        print(f"\n{title:34}{'times':>7}" + "".join(f"{column + ' p50':>28}{'p95':>9}" for column in columns))

    def add(self, name: str, *columns: Sequence[float], found: float | None = None) -> None:
        times = "".join(f"{share(times, 0.5):28.1f}{share(times, 0.95):9.1f}" for times in columns)
        note = "" if found is None else f"  found {found:.2%}"
        print(f"{name:34}{len(columns[0]):7}{times}{note}", flush=True)
