"""Portraits drawn on every core: drawing is what takes the time when demo people are added."""

import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Self

from registry.demo.people import DemoPerson
from registry.demo.portraits import draw_portrait

# Below this, starting processes takes longer than drawing.
ALONE_UP_TO = 150
MOST_PROCESSES = 8
AT_ONCE = 25


class Studio:
    """Draws in this process, or in as many as there are cores when there is much to draw."""

    def __init__(self, *, needed: int) -> None:
        cores = min(os.cpu_count() or 1, MOST_PROCESSES)
        self._processes = cores if needed > ALONE_UP_TO and cores > 1 else 0
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    def draw(self, people: Sequence[DemoPerson]) -> Iterator[bytes]:
        if not self._processes:
            return map(_portrait, people)
        if self._pool is None:
            # Fresh processes: a fork would share the database connection.
            self._pool = ProcessPoolExecutor(self._processes, multiprocessing.get_context("spawn"))
        return self._pool.map(_portrait, people, chunksize=AT_ONCE)


def _portrait(person: DemoPerson) -> bytes:
    return draw_portrait(person.portrait_seed, person.gender, age=person.age, saharan=person.is_saharan)
