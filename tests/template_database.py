"""A migrated database that test databases are copied from: migrating takes long, a copy a second."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

ROOT = Path(__file__).parents[1]
INPUTS = ("*/migrations/*.py", "requirements/test.txt")
PREFIX = "chamber_portal_template_"
# Any number, the same in every process of the suite.
LOCK = 4_021_991


def template_database() -> str:
    """The name of a database with today's migrations, made unless it is there from an earlier run.

    Processes that ask at the same time wait for the one that makes it.
    """
    name = PREFIX + digest()
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        if name not in whole_templates(connection):
            for old in templates(connection):
                connection.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(old)))
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
            migrate(name)
            connection.execute(sql.SQL("COMMENT ON DATABASE {} IS 'whole'").format(sql.Identifier(name)))
    return name


def digest() -> str:
    found = hashlib.sha256()
    for pattern in INPUTS:
        for path in sorted(ROOT.glob(pattern)):
            found.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return found.hexdigest()[:16]


def templates(connection: psycopg.Connection) -> list[str]:
    rows = connection.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX])
    return [name for (name,) in rows.fetchall()]


def whole_templates(connection: psycopg.Connection) -> list[str]:
    """Those that were migrated to the end: a run that was stopped half-way leaves no comment."""
    rows = connection.execute(
        "SELECT datname FROM pg_database WHERE starts_with(datname, %s)"
        " AND shobj_description(oid, 'pg_database') = 'whole'",
        [PREFIX],
    )
    return [name for (name,) in rows.fetchall()]


def migrate(name: str) -> None:
    """Run the migrations on the database of this name, beside the one that the environment names."""
    address = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    done = subprocess.run(
        [sys.executable, "manage.py", "migrate", "--noinput", "--verbosity=0"],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": address},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"The migrations failed:\n{done.stdout}{done.stderr}")
