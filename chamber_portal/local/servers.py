"""PostgreSQL and Redis under one directory, shared by whoever uses that directory at the same time.

The first to come starts them, the last to leave stops them. Locks of the operating system count the
users: one that was killed no longer counts, and whoever comes next takes over what it left.
"""

import contextlib
import fcntl
import hashlib
import os
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from chamber_portal.local.postgres import EmbeddedPostgres
from chamber_portal.local.redis_server import EmbeddedRedis

ROOT = Path(__file__).resolve().parents[2]
# An address of a Unix socket has 108 bytes, the last of them zero.
SOCKET_PATH_BYTES = 107
LONGEST_SOCKET = "postgres/.s.PGSQL.5432.lock"


def var_dir(environment: Mapping[str, str] = os.environ) -> Path:
    """Return the directory under which everything is written; the settings read the same variable."""
    return Path(environment.get("PORTAL_VAR") or ROOT / "var").resolve()


@contextlib.contextmanager
def servers(var: Path, *, durable: bool = True) -> Iterator[dict[str, str]]:
    """Run the servers that the environment does not name, and yield the addresses of both.

    `durable=False` trades safety at a power cut for speed, for tests.
    """
    var.mkdir(parents=True, exist_ok=True)
    sockets = socket_dir(var)
    embedded = {}
    if not os.environ.get("DATABASE_URL"):
        embedded["DATABASE_URL"] = EmbeddedPostgres(var / "postgres", sockets / "postgres", durable=durable)
    if not os.environ.get("REDIS_URL"):
        embedded["REDIS_URL"] = EmbeddedRedis(var / "redis", sockets / "redis", durable=durable)
    addresses = {name: os.environ[name] for name in ("DATABASE_URL", "REDIS_URL") if os.environ.get(name)}

    with contextlib.ExitStack() as stack:
        for name, server in embedded.items():
            stack.enter_context(_in_use(server, var / f"{name.removesuffix('_URL').lower()}.lock"))
            addresses[name] = server.url
        yield addresses


@contextlib.contextmanager
def _in_use(server: EmbeddedPostgres | EmbeddedRedis, lock: Path) -> Iterator[None]:
    """Keep `server` running for the length of the block."""
    with lock.open("w") as users:
        try:
            with _changing(lock):
                fcntl.flock(users, fcntl.LOCK_SH)
                server.ensure_running()
            yield
        finally:
            with _changing(lock), contextlib.suppress(BlockingIOError):
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                server.stop()


@contextlib.contextmanager
def _changing(lock: Path) -> Iterator[None]:
    """Let one process at a time start or stop the server."""
    with lock.with_suffix(".starting").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        yield


def socket_dir(var: Path) -> Path:
    """Return where the sockets lie: under `var`, or in a short private directory when that would not work.

    Besides its length, a comma in the path is in the way: clients of PostgreSQL take it for a list.
    """
    if len(os.fsencode(var / LONGEST_SOCKET)) <= SOCKET_PATH_BYTES and "," not in str(var):
        return var
    name = f"chamber-portal-{os.geteuid()}-{hashlib.sha256(os.fsencode(var)).hexdigest()[:12]}"
    for parent in (os.environ.get("XDG_RUNTIME_DIR"), tempfile.gettempdir(), "/tmp"):  # noqa: S108
        if parent and len(os.fsencode(Path(parent) / name / LONGEST_SOCKET)) <= SOCKET_PATH_BYTES:
            directory = Path(parent) / name
            directory.mkdir(mode=0o711, exist_ok=True)
            if directory.stat().st_uid != os.geteuid():
                raise SystemExit(f"{directory} belongs to somebody else: remove it, or set PORTAL_VAR.")
            return directory
    raise SystemExit(f"No short place for sockets: set PORTAL_VAR to a path shorter than {var}.")
