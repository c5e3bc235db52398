"""The embedded servers, started for real beside those that the suite runs on."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from chamber_portal.local.servers import ROOT, SOCKET_PATH_BYTES, socket_dir

ON_SERVERS = [sys.executable, "-m", "chamber_portal.local", "exec", "--not-durable", "--"]
# Sorts as bytes do whatever the machine's language, and talks to Redis.
LOOK = """
import os, psycopg, redis
with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
    print(*connection.execute(
        "SELECT datlocprovider, datlocale, pg_encoding_to_char(encoding) FROM pg_database WHERE datname = %s",
        ["chamber_portal"]).fetchone())
print(redis.from_url(os.environ["REDIS_URL"]).ping())
"""


@pytest.fixture
def environment(tmp_path):
    """An environment that names no servers; the language of the machine is not ours."""
    named = {"DATABASE_URL", "REDIS_URL"}
    return {key: value for key, value in os.environ.items() if key not in named} | {
        "PORTAL_VAR": str(tmp_path / "var"),
        "LC_ALL": "C",
    }


def running(var: Path) -> bool:
    return (var / "postgres" / "postmaster.pid").exists() or (var / "redis" / "redis.sock").exists()


def test_exec_starts_servers_for_a_command_and_stops_them(environment, tmp_path):
    done = subprocess.run(
        [*ON_SERVERS, sys.executable, "-c", f"{LOOK}\nraise SystemExit(3)"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout.split("\n")[:2]) == (3, ["b C.UTF-8 UTF8", "True"]), done.stderr
    assert not running(tmp_path / "var")


def test_the_last_user_stops_the_servers(environment, tmp_path):
    first = subprocess.Popen(
        [*ON_SERVERS, "sh", "-c", 'echo up; read line; exec $0 -c "$1"', sys.executable, LOOK],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert first.stdout.readline() == "up\n"

    second = subprocess.run([*ON_SERVERS, "true"], cwd=ROOT, env=environment, check=False)
    assert second.returncode == 0
    assert running(tmp_path / "var")

    output, _ = first.communicate("go on\n")
    assert output.splitlines() == ["b C.UTF-8 UTF8", "True"]
    assert not running(tmp_path / "var")


def test_what_a_killed_user_left_is_taken_over(environment, tmp_path):
    killed = subprocess.Popen(
        [*ON_SERVERS, "sh", "-c", "echo up; read line"],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert killed.stdout.readline() == "up\n"
    killed.kill()
    killed.communicate()
    assert running(tmp_path / "var")

    started = time.monotonic()
    after = subprocess.run([*ON_SERVERS, "true"], cwd=ROOT, env=environment, check=False)

    assert after.returncode == 0
    assert time.monotonic() - started < 30
    assert not running(tmp_path / "var")


@pytest.mark.parametrize("name", ["x" * 120, "a,b"])
def test_sockets_move_where_their_path_would_not_work(tmp_path, name, monkeypatch):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    var = tmp_path / name

    place = socket_dir(var)

    assert place != var
    assert len(os.fsencode(place / "postgres" / ".s.PGSQL.5432")) <= SOCKET_PATH_BYTES
    assert "," not in str(place)
    assert socket_dir(var) == place
    place.rmdir()
