"""`python -m chamber_portal.local`: what the Makefile calls, on the embedded PostgreSQL and Redis."""

import argparse
import os
import signal
import subprocess
import sys

from chamber_portal.local.portal import run
from chamber_portal.local.prepare import prepare
from chamber_portal.local.servers import ROOT, servers, var_dir

# Whoever is done takes over half of what the other still has: tests in a browser come last and are slow.
BOTH_CORES = ("-n", "2", "--dist", "worksteal")


def execute(command: list[str], *, durable: bool) -> int:
    """Run `command` with DATABASE_URL and REDIS_URL set, and return its exit code."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    with servers(var_dir(), durable=durable) as addresses:
        process = subprocess.Popen(command, env={**os.environ, **addresses})
        # A terminal sends Ctrl-C to the command as well: we only wait for it, then stop the servers.
        signal.signal(signal.SIGINT, lambda *_: None)
        signal.signal(signal.SIGTERM, lambda *_: process.terminate())
        code = process.wait()
    return code if code >= 0 else 128 - code


def test(arguments: list[str]) -> int:
    """Run the whole suite in a var directory of its own, on both cores."""
    os.environ.setdefault("PORTAL_VAR", str(ROOT / "var" / "test"))
    os.environ["DJANGO_SETTINGS_MODULE"] = "chamber_portal.settings.test"
    prepare("test")
    # The databases are made anew: those of an earlier run may have other migrations.
    return execute([sys.executable, "-m", "pytest", "--create-db", *BOTH_CORES, *arguments], durable=False)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m chamber_portal.local", description=__doc__)
    commands = parser.add_subparsers(dest="name", required=True)
    commands.add_parser("run", help="run the portal until Ctrl-C")
    commands.add_parser("test", help="run all tests; what follows goes to pytest")
    on_servers = commands.add_parser("exec", help="run one command on the servers")
    on_servers.add_argument("--not-durable", action="store_true", help="for tests: do not wait for the disk")
    on_servers.add_argument("rest", nargs=argparse.REMAINDER, metavar="-- COMMAND")
    # argparse takes pytest's own options for its own, wherever they stand.
    if sys.argv[1:2] == ["test"]:
        return test(sys.argv[2:])
    arguments = parser.parse_args()
    if arguments.name == "run":
        return run()
    rest = arguments.rest[1:] if arguments.rest[:1] == ["--"] else arguments.rest
    if not rest:
        parser.error("exec needs a command")
    return execute(rest, durable=not arguments.not_durable)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
