"""Background work that survives its workers and its queue.

What is to be done lies in the database; the queue only wakes workers. So whoever has such work hands in a
task that looks for what nobody works on, and every worker that starts asks for all of them: another one may
have died with the work in its hands, or Redis been lost.
"""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

import django_rq
from django.core.cache import cache
from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from redis.exceptions import RedisError
from rq import Retry

logger = logging.getLogger(__name__)

JOB_SECONDS = 3600
# How often one job outlives a restart of the database, and how long it waits for it.
MOST_RESTARTS = 5
DATABASE_SECONDS = 300
# How often open pages may look whether the work that they show was forgotten.
LOOK_AFTER_SECONDS = 5

_tasks: list[str] = []


@dataclass(frozen=True)
class Progress:
    """How far some work is; `left` is None while there is nothing to tell it from."""

    done: int
    total: int
    left: timedelta | None


def register(task: str) -> None:
    """Have `task`, a dotted path without arguments, asked for by every worker that starts."""
    if task not in _tasks:
        _tasks.append(task)


def resume_tasks() -> tuple[str, ...]:
    return tuple(_tasks)


def wake(task: str, record_id: int, *, workers: int = 1) -> None:
    """Ask for `task(record_id)` now; without Redis the task's `resume` asks again later."""
    try:
        queue = django_rq.get_queue("default")
        for _job in range(workers):
            queue.enqueue_call(
                task,
                args=(record_id,),
                job_id=f"{_prefix(task, record_id)}{uuid4().hex}",
                timeout=JOB_SECONDS,
                retry=Retry(max=3),
            )
    except RedisError:
        logger.exception("%s %s is not queued; it goes on as soon as the queue is there", task, record_id)


def through_restarts(work: Callable[[], None]) -> None:
    """Do it, and once more when the database was restarted meanwhile: `work` goes on from what is written.

    The queue would hand the job out again at once, while the database still recovers, and then give up.

    Raises:
        OperationalError, InterfaceError: again and again, or the database does not come back.
    """
    for _restart in range(MOST_RESTARTS):
        try:
            work()
        except (OperationalError, InterfaceError):
            if connection.in_atomic_block or not _database_comes_back():
                raise
            logger.warning("the connection to the database was lost; the job goes on")
        else:
            return
    work()


def _database_comes_back() -> bool:
    end = time.monotonic() + DATABASE_SECONDS
    while time.monotonic() < end:
        connection.close()
        with suppress(OperationalError, InterfaceError):
            connection.ensure_connection()
            return connection.is_usable()
        time.sleep(0.5)
    return False


def is_queued(task: str, record_id: int) -> bool:
    """Whether some worker will come to it by itself."""
    prefix = _prefix(task, record_id)
    return any(job_id.startswith(prefix) for job_id in django_rq.get_queue("default").job_ids)


def queued(task: str) -> set[int]:
    """The records of this task that some worker will come to by itself; one look for many of them."""
    prefix = task.replace(".", "-") + "-"
    waiting = (job_id.removeprefix(prefix) for job_id in django_rq.get_queue("default").job_ids)
    return {int(key) for key, *_rest in (one.split("-") for one in waiting) if key.isdigit()}


def look_after(name: str, resume: Callable[[], object]) -> None:
    """Have forgotten work taken up by whoever watches it, every few seconds however many watch.

    Without Redis nothing can be asked for: the page goes on telling how far the work is.
    """
    try:
        if cache.add(f"looked-after-{name}", True, LOOK_AFTER_SECONDS):
            resume()
    except RedisError:
        logger.exception("%s could not be looked after", name)


@contextmanager
def at_work(family: int, record_id: int, *, shared: bool = False) -> Iterator[bool]:
    """Say that this worker is at a record, for as long as its connection to the database lives.

    Gives whether it may go on: False where another one is at it. `shared` workers are at it together.
    `family` tells the records of one model from another's.
    """
    keys = [family, record_id % 2**31]
    if shared:
        _ask("SELECT pg_advisory_lock_shared(%s, %s)", keys)
    may = shared or _ask("SELECT pg_try_advisory_lock(%s, %s)", keys)
    try:
        yield may
    finally:
        if may:
            _ask(f"SELECT pg_advisory_unlock{'_shared' if shared else ''}(%s, %s)", keys)


def is_at_work(family: int, record_id: int) -> bool:
    """Whether some worker is at this record. In a transaction, none begins before it ends."""
    with transaction.atomic():
        return not _ask("SELECT pg_try_advisory_xact_lock(%s, %s)", [family, record_id % 2**31])


def time_left(progress: Progress) -> str:
    """The time left in words; nothing where it is not known."""
    if progress.left is None:
        return ""
    seconds = progress.left.total_seconds()
    if seconds < 60:
        return _("less than a minute left")
    minutes = round(seconds / 60)
    return ngettext("about %(n)s minute left", "about %(n)s minutes left", minutes) % {"n": minutes}


def _ask(sql: str, keys: list[int]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(sql, keys)
        return cursor.fetchone()[0]


def _prefix(task: str, record_id: int) -> str:
    return f"{task.replace('.', '-')}-{record_id}-"
