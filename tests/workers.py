"""Real worker processes on the test's own database, queue and files."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from urllib.parse import urlsplit

import django_rq
import pytest
from django.conf import settings as portal
from django.db import connection

MOST_SECONDS = 90


def wait_until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + MOST_SECONDS
    while not condition():
        assert time.monotonic() < end, "the work stands still"
        time.sleep(0.05)


@pytest.fixture
def start_worker(settings, tmp_path):
    """`start_worker()` starts a worker process on the test's own database, queue and files.

    `start_worker(REDIS_URL=...)` sends it elsewhere.
    """
    # Where a process of its own finds them too.
    settings.MEDIA_ROOT = portal.VAR / "test-media" / portal.PROCESS
    django_rq.get_queue("default").connection.flushdb()
    database = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    environment = os.environ | {
        "DATABASE_URL": database.geturl(),
        "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"],
    }
    started = []

    def start(**elsewhere: str) -> subprocess.Popen:
        with (tmp_path / "workers.log").open("a") as log:
            process = subprocess.Popen(
                [sys.executable, "manage.py", "work", "--processes", "1"],
                cwd=portal.ROOT,
                env=environment | elsewhere,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        started.append(process)
        return process

    yield start
    for process in started:
        kill(process)
    django_rq.get_queue("default").connection.flushdb()


def family(process: subprocess.Popen) -> set[int]:
    """A worker, the process that waits for jobs and the one that does the job."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    parents = {int(pid): int(parent) for pid, parent in map(str.split, listed.splitlines())}
    found = {process.pid}
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def kill(process: subprocess.Popen) -> None:
    """As when the machine takes everything at once: nobody is left to clean up."""
    listed = subprocess.run(["ps", "-eo", "pid=,sess="], capture_output=True, text=True, check=True).stdout
    for pid, session in (map(int, line.split()) for line in listed.splitlines()):
        if session == process.pid:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
    process.wait()
