"""Fifty desks at one meeting: `python -m benchmarks.check_in DESKS ROUNDS`, on the addresses of both servers.

A database of its own beside the portal's, gunicorn as the Dockerfile starts it, and desks that speak HTTP as
the page's script does. Every two seconds, which is how long a screen shows its answer, each scans a card;
desks stand in pairs that scan the same card at the same moment. A time is from sending the scan to having the
whole answer, by which it is recorded. The plain way, in the same run: the meeting's row locked, its people
looked through, the whole page sent again.
"""

import asyncio
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlencode, urlsplit, urlunsplit
from uuid import uuid4

import psycopg

DATABASE = "bench_check_in"
PORT = 8765
EVERY = 2.0
BURSTS = 6


def main(desks: int, rounds: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        os.environ.update(
            DATABASE_URL=_own_database(os.environ["DATABASE_URL"]),
            DJANGO_SETTINGS_MODULE="benchmarks.check_in_settings",
            CARD_KEYS_DIR=str(Path(name) / "keys"),
            WEB_CONCURRENCY="2",
        )
        import django

        django.setup()
        from benchmarks.check_in_hall import doubles, make_hall

        hall = make_hall(desks, cards=-(-desks // 2) * (rounds + 2 * BURSTS))
        server = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", "benchmarks.check_in_wsgi"),
                *(f"--bind=127.0.0.1:{PORT}", "--preload", "--threads=4", "--worker-tmp-dir=/dev/shm"),
                *("--timeout=60", "--no-control-socket", "--log-level=warning"),
            ]
        )
        try:
            _wait()
            asyncio.run(_scan_at_once(hall, hall.address, 2))
            paced = asyncio.run(_scan_paced(hall, rounds))
            burst = asyncio.run(_scan_at_once(hall, hall.address, BURSTS))
            plain = asyncio.run(_scan_at_once(hall, hall.plain_address, BURSTS // 2))
        finally:
            server.terminate()
            server.wait()
        twice = doubles(hall)
    print(f"{'':40}{'scans':>7}{'p50 ms':>9}{'p95 ms':>9}{'most ms':>9}")
    for words, times in (
        (f"{desks} desks, each every {EVERY:.0f} s", paced),
        (f"{desks} scans in the same instant", burst),
        ("the plain way, in the same instant", plain),
    ):
        print(f"{words:40}{len(times):7}{_part(times, 0.5):9.1f}{_part(times, 0.95):9.1f}{max(times):9.1f}")
    print(f"p50_ms={_part(paced, 0.5):.1f} p95_ms={_part(paced, 0.95):.1f} doubles={twice}")


def _own_database(url: str) -> str:
    """An empty database on the same server."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {DATABASE}")
    return urlunsplit(urlsplit(url)._replace(path=f"/{DATABASE}"))


async def _scan_paced(hall, rounds: int) -> list[float]:
    """Pairs of desks begin at moments drawn by lot, and scan the same card together every two seconds."""
    chance = random.Random(11)
    pairs = len(hall.desks) // 2
    starts = [chance.uniform(0, EVERY) for _pair in range(pairs)]
    times: list[float] = []

    async def stand(desk: int, begun: float) -> None:
        pair, line = desk // 2, None
        for turn in range(rounds):
            await asyncio.sleep(max(0, begun + starts[pair] + turn * EVERY - time.perf_counter()))
            # Not before there is something to send: gunicorn's threads wait on a silent connection, which the
            # proxy in front of it never gives them.
            line = line or await _Line.open()
            code = hall.codes[pair * rounds + turn]
            times.append(await line.scan(hall, desk, hall.address, code))
        line.close()

    begun = time.perf_counter() + 0.5
    await asyncio.gather(*(stand(desk, begun) for desk in range(pairs * 2)))
    return times


async def _scan_at_once(hall, address: str, times_over: int) -> list[float]:
    """Every desk in the same instant, each pair the same card, again and again."""
    lines = [await _Line.open() for _desk in hall.desks]
    times: list[float] = []
    for _turn in range(times_over):
        codes = [hall.next_code() for _pair in range(-(-len(lines) // 2))]
        scans = (line.scan(hall, desk, address, codes[desk // 2]) for desk, line in enumerate(lines))
        times += await asyncio.gather(*scans)
        await asyncio.sleep(0.5)
    for line in lines:
        line.close()
    return times


class _Line:
    """One desk's connection, kept open as a browser keeps it and opened anew where the server shut it."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter):
        self.reader, self.writer = reader, writer

    @classmethod
    async def open(cls) -> "_Line":
        return cls(*await asyncio.open_connection("127.0.0.1", PORT))

    async def scan(self, hall, desk: int, address: str, code: str) -> float:
        """Milliseconds from the scan to its whole answer."""
        fields = {
            "csrfmiddlewaretoken": hall.csrf,
            "scan_id": str(uuid4()),
            "method": "scanner",
            "text": code,
        }
        body = urlencode(fields).encode()
        head = (
            f"POST {address} HTTP/1.1\r\nHost: 127.0.0.1:{PORT}\r\nHX-Request: true\r\n"
            f"Cookie: sessionid={hall.desks[desk]}; csrftoken={hall.csrf}\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        begun = time.perf_counter()
        try:
            status = await self._ask(head.encode() + body)
        except (ConnectionError, asyncio.IncompleteReadError):
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", PORT)
            status = await self._ask(head.encode() + body)
        if status != 200:
            raise SystemExit(f"A desk was answered with {status}.")
        return (time.perf_counter() - begun) * 1000

    async def _ask(self, request: bytes) -> int:
        self.writer.write(request)
        await self.writer.drain()
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        await self.reader.readexactly(int(head.split("content-length:")[1].split("\r\n")[0]))
        if "connection: close" in head:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", PORT)
        return int(head.split()[1])

    def close(self) -> None:
        self.writer.close()


def _wait() -> None:
    """Until the server takes connections."""
    import socket

    for _attempt in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", PORT)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("The server did not start.")


def _part(times: list[float], share: float) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


if __name__ == "__main__":
    arguments = [int(argument) for argument in sys.argv[1:]]
    main(*(arguments + [50, 20][len(arguments) :]))
