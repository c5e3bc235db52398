"""`make run` leaves no process behind."""

import os
import signal
import subprocess
import sys
import time

import pytest

from chamber_portal.local.servers import ROOT

# `stubborn` ignores being asked to end and has a child in a process group of its own, as RQ's jobs are.
TWO = """
import os, sys
from chamber_portal.local import processes
processes.STOP_SECONDS = 1
job = "import os, time; os.setpgrp(); print(os.getpid(), flush=True); time.sleep(300)"
stubborn = f"trap '' TERM; echo $$; {sys.executable} -c '{job}' & wait; wait; sleep 300"
commands = {"stubborn": ["sh", "-c", stubborn], "other": ["sh", "-c", sys.argv[1]]}
code = processes.run_together(commands, os.environ, each_moment=lambda: None)
sys.exit(code)
"""


def alive(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat") as stat:  # noqa: PTH123
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def started(other: str) -> tuple[subprocess.Popen, list[int]]:
    process = subprocess.Popen(
        [sys.executable, "-c", TWO, other], cwd=ROOT, env=os.environ, stdout=subprocess.PIPE, text=True
    )
    pids = [int(process.stdout.readline()) for _ in range(2)]
    assert all(map(alive, pids))
    return process, pids


def test_when_one_ends_the_others_are_ended():
    process, pids = started("sleep 1; exit 7")

    output, _ = process.communicate(timeout=20)

    assert process.returncode == 1
    assert "other ended by itself (code 7)" in output
    assert not any(map(alive, pids))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_them_all(number):
    process, pids = started("sleep 300")

    process.send_signal(number)
    process.communicate(timeout=20)

    assert process.returncode == 0
    assert not any(map(alive, pids))


def test_a_second_signal_does_not_wait():
    process, pids = started("sleep 300")

    began = time.monotonic()
    process.send_signal(signal.SIGINT)
    time.sleep(0.3)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=20)

    assert time.monotonic() - began < 1
    assert not any(map(alive, pids))
