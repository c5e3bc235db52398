"""`python -m chamber_portal.local`: `exec` a command on embedded servers, `run` the whole portal."""

import argparse
import os
import signal
import subprocess
import sys

from chamber_portal.local.servers import servers, var_dir


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


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m chamber_portal.local", description=__doc__)
    commands = parser.add_subparsers(dest="name", required=True)
    on_servers = commands.add_parser("exec", help="run a command on the embedded PostgreSQL and Redis")
    on_servers.add_argument("--not-durable", action="store_true", help="for tests: do not wait for the disk")
    on_servers.add_argument("command", nargs=argparse.REMAINDER, metavar="-- COMMAND")
    arguments = parser.parse_args()
    command = arguments.command[1:] if arguments.command[:1] == ["--"] else arguments.command
    if not command:
        parser.error("exec needs a command")
    return execute(command, durable=not arguments.not_durable)


if __name__ == "__main__":
    sys.exit(main())
