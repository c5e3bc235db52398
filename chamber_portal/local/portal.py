"""`make run`: servers, data, web and worker on one's own machine, until Ctrl-C."""

import contextlib
import fcntl
import os
import signal
import socket
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from chamber_portal.local.prepare import prepare
from chamber_portal.local.processes import run_together
from chamber_portal.local.servers import servers, var_dir

SETTINGS = "chamber_portal.settings.local"
HOST = "127.0.0.1"


def run() -> int:
    """Run the portal until it is stopped; return the exit code."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda received, _frame: sys.exit(128 + received))
    port = int(os.environ.get("PORT") or 8000)
    address = f"http://{HOST}:{port}"
    with _only_one(var_dir(), address) as running_at:
        if running_at:
            print(f"The portal is running already, at {running_at}")
            return 0
        _refuse_taken(port)
        with servers(var_dir()) as addresses:
            os.environ.update(addresses, DJANGO_SETTINGS_MODULE=SETTINGS)
            os.environ.setdefault("CARD_VERIFY_BASE_URL", f"{address}/v/".upper())
            prepare("run")
            code = run_together(_commands(port), os.environ, each_moment=Announcement(address))
    print("Stopped. The data stays; `make run` goes on from here.")
    return code


def _commands(port: int) -> dict[str, list[str]]:
    gunicorn = [sys.executable, "-m", "gunicorn", "chamber_portal.wsgi", f"--bind={HOST}:{port}"]
    return {
        # Threads, because requests wait for the database; one process is enough for one person.
        "web": [
            *gunicorn,
            "--threads=6",
            "--no-control-socket",
            "--log-level=warning",
            "--graceful-timeout=5",
        ],
        # Pages before batches.
        "worker": ["nice", sys.executable, "manage.py", "work"],
    }


@contextlib.contextmanager
def _only_one(var: Path, address: str) -> Iterator[str]:
    """Yield the address of the portal that runs on `var` already, or nothing when we are the only one."""
    var.mkdir(parents=True, exist_ok=True)
    with (var / "run.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            yield lock.read().strip() or "an address it has not told yet"
            return
        lock.truncate(0)
        lock.write(address)
        lock.flush()
        yield ""


def _refuse_taken(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            reason = f"Port {port} cannot be used ({error.strerror})."
            raise SystemExit(f"{reason} Choose another one: make run PORT={port + 1}") from None


class Announcement:
    """Tells the address and who may sign in, once the web server answers."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.made = False

    def __call__(self) -> None:
        if not self.made and self._answers():
            self.made = True
            print(f"\n{accounts_table()}\n\nThe portal is at {self.address}  (Ctrl-C stops it)\n", flush=True)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/healthz", timeout=1) as response:  # noqa: S310
                return response.status == 200
        except OSError:
            return False


def accounts_table() -> str:
    """Return the demo accounts as lines of text, one a role."""
    # Here, because only now does the environment name the settings.
    from core.demo import DEMO_ACCOUNTS, DEMO_ARTISAN_NIA, DEMO_HOLDER_NIA
    from core.roles import Role

    # Roles by their names in code: their labels need the catalogues, and those all of Django.
    rows = [("role", "region", "user name or number", "password")]
    for account in DEMO_ACCOUNTS:
        rows.append((_in_words(account.role), account.region or "", account.username, account.password))
    for number in (DEMO_ARTISAN_NIA, DEMO_HOLDER_NIA):
        rows.append((_in_words(Role.ARTISAN), "", number, "the code that is then printed here"))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def _in_words(role: str) -> str:
    return role.replace("_", " ").capitalize()
