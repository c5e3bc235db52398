"""Everything the portal needs before its first page, done only where its inputs have changed.

Each step is a command of `manage.py` that may run any number of times. What was done is noted under the
var directory with a digest of the files it depends on, so that the second start has nothing to do.
"""

import hashlib
import io
import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg

from chamber_portal.local.servers import ROOT, var_dir

ALWAYS = ("requirements/local.txt", "chamber_portal/settings/*.py", "chamber_portal/local/prepare.py")
ASSETS = ("static/**/*", "core/fonts.py", "core/assets/*.py", "core/management/commands/build_assets.py")
DATA = (
    "*/migrations/*.py",
    "*/models/**/*.py",
    "*/management/**/*.py",
    "*/data/**/*",
    "*/demo*",
    "*/demo/**/*",
)


@dataclass(frozen=True)
class Step:
    """One command; it is skipped while `inputs` (globs in the project) and the database are the same."""

    title: str
    command: tuple[str, ...]
    inputs: tuple[str, ...]
    in_database: bool = False
    # Under the var directory; the step runs again when it is gone.
    makes: str = ""


FILES = (
    Step("translations", ("messages", "--compile"), ("locale/**/*.po", "locale/**/*.mo")),
    Step("fonts and styles", ("build_assets",), ASSETS, makes="assets"),
    Step("static files", ("collectstatic", "--noinput"), ASSETS, makes="static/staticfiles.json"),
)
REFERENCE_DATA = (
    Step("database", ("migrate", "--noinput"), DATA, in_database=True),
    Step("regions, provinces, communes", ("load_territory",), DATA, in_database=True),
    Step("crafts", ("load_crafts",), DATA, in_database=True),
    Step("grounds of decisions", ("load_grounds",), DATA, in_database=True),
    Step("service domains", ("load_service_domains",), DATA, in_database=True),
    Step("partners", ("load_partners",), DATA, in_database=True),
    Step("meetings", ("load_meetings",), DATA, in_database=True),
    Step("card keys", ("card_keys", "ensure"), ("cards/keys.py",), makes="keys"),
    Step("demo accounts and people", ("load_demo",), DATA, in_database=True),
)
PURPOSES = {"run": FILES + REFERENCE_DATA, "test": FILES[:2], "bench": FILES}


def prepare(purpose: str) -> None:
    """Do what is due for `purpose` in a process of its own, with the settings that the environment names."""
    command = [sys.executable, "-m", "chamber_portal.local.prepare", purpose]
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        raise SystemExit("The portal could not be prepared: see above.")


def due(steps: tuple[Step, ...], done: dict[str, str]) -> list[Step]:
    database = identity_of_database() if any(step.in_database for step in steps) else ""
    var = var_dir()
    return [
        step
        for step in steps
        if done.get(step.title) != digest(step, database) or (step.makes and not (var / step.makes).exists())
    ]


def digest(step: Step, database: str) -> str:
    """Return a digest of all that the outcome of `step` depends on."""
    seen = hashlib.sha256(repr((step.command, database if step.in_database else "")).encode())
    for path in sorted({path for glob in ALWAYS + step.inputs for path in ROOT.glob(glob)}):
        if path.is_file() and "__pycache__" not in path.parts:
            seen.update(f"{path.relative_to(ROOT)}\n".encode() + path.read_bytes())
    return seen.hexdigest()


def identity_of_database() -> str:
    """Return what tells this database from one made anew at the same address."""
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        row = connection.execute(
            "SELECT system_identifier, pg_database.oid FROM pg_control_system(), pg_database"
            " WHERE datname = current_database()"
        ).fetchone()
    return repr(row)


def main() -> None:
    steps = PURPOSES[sys.argv[1]]
    note = var_dir() / "prepared.json"
    done = json.loads(note.read_text()) if note.exists() else {}
    waiting = due(steps, done)
    if not waiting:
        return

    import django
    from django.core.management import call_command

    var_dir().mkdir(parents=True, exist_ok=True)
    django.setup()
    for step in waiting:
        started = time.monotonic()
        print(f"Preparing {step.title}", end="", flush=True)
        call_command(*step.command, verbosity=0, stdout=io.StringIO())
        print(f" ({time.monotonic() - started:.1f} s)", flush=True)
        done[step.title] = digest(step, identity_of_database() if step.in_database else "")
        Path(f"{note}.new").write_text(json.dumps(done, indent=1))
        Path(f"{note}.new").replace(note)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
