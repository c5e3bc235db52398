"""Programs that live and end together.

Not honcho: a Ctrl-C in the moment after its start ends it with a KeyError and leaves its programs running,
and it gives a worker five seconds, whatever it is doing, before it kills it.
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

# A page or a card batch that is being made is given this long to end by itself.
STOP_SECONDS = 20
PR_SET_PDEATHSIG = 1


def run_together(
    commands: Mapping[str, Sequence[str]], environment: Mapping[str, str], *, each_moment: Callable[[], None]
) -> int:
    """Run `commands` until one of them ends or a signal comes, then end them all.

    `each_moment` is called five times a second. Returns 0 when a signal asked for the end, else 1.
    """
    asked: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda received, _frame: asked.append(received))
    running: dict[str, subprocess.Popen] = {}
    try:
        for name, command in commands.items():
            running[name] = subprocess.Popen(
                command, env=environment, start_new_session=True, preexec_fn=_end_with_parent
            )
        while not asked and all(process.poll() is None for process in running.values()):
            each_moment()
            time.sleep(0.2)
        for name, process in running.items():
            if process.poll() is not None and not asked:
                print(f"{name} ended by itself (code {process.returncode}): stopping the rest.", flush=True)
    finally:
        _end(running, impatient=lambda: len(asked) > 1)
    return 0 if asked else 1


def _end(running: Mapping[str, subprocess.Popen], *, impatient: Callable[[], bool]) -> None:
    """Ask every program to end, wait, and kill what is left; a second Ctrl-C does not wait."""
    for process in running.values():
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    while any(process.poll() is None for process in running.values()):
        if impatient() or time.monotonic() > deadline:
            break
        time.sleep(0.05)
    for process in running.values():
        _kill_session(process.pid)
        process.wait()


def _kill_session(leader: int) -> None:
    """Kill a program and its children, those that made a process group of their own included (RQ's jobs)."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(leader, signal.SIGKILL)
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if os.getsid(int(entry.name)) == leader:
                os.kill(int(entry.name), signal.SIGKILL)


def _end_with_parent() -> None:
    """Have the kernel end this program when we are killed outright."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
