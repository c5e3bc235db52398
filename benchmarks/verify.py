"""Checks of cards a second in one process, beside an empty Django view in the same run.

`python -m benchmarks.verify 4000`, with DATABASE_URL and REDIS_URL set, in a database of its own, which goes
afterwards. Both are asked over HTTP of one gunicorn process with the portal's whole stack of middleware; they
take turns, so that a busy machine slows both alike. Each check is of another card and of another visitor.

What one process can do is told when it is never idle: twice as many visitors as it has threads ask at once.
A single one who waits for each answer would measure the trips, the client's own work among them.
"""

import http.client
import os
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from statistics import median

CARDS, ROUNDS = 800, 16
THREADS, VISITORS = 2, 4
BIND = "127.0.0.1:8765"


def main(count: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.verify_settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    os.environ["BENCH_DATABASE"] = connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        call_command("load_territory", verbosity=0, stdout=open(os.devnull, "w"))  # noqa: SIM115, PTH123
        call_command("load_crafts", verbosity=0, stdout=open(os.devnull, "w"))  # noqa: SIM115, PTH123
        from benchmarks.verify_cards import make_cards

        tokens = make_cards(CARDS)
        connection.close()
        _measure(count, tokens)
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


def _measure(count: int, tokens: list[str]) -> None:
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "--workers=1",
        f"--threads={THREADS}",
        f"--bind={BIND}",
        "--log-level=warning",
    ]
    server = subprocess.Popen([*command, "chamber_portal.wsgi"])
    try:
        _wait()
        addresses = {"check": [f"/V/{token}" for token in tokens], "empty": ["/empty/"]}
        rates: dict[str, list[float]] = {name: [] for name in addresses}
        with ProcessPoolExecutor(VISITORS) as visitors:
            for asked in addresses.values():
                _rate(visitors, asked, CARDS * VISITORS)
            for _ in range(ROUNDS):
                for name, asked in addresses.items():
                    rates[name].append(_rate(visitors, asked, count // ROUNDS))
    finally:
        server.terminate()
        server.wait()
    found = {name: median(values) for name, values in rates.items()}
    print(f"{'one process':24}{'a second':>10}{'ms each':>10}")
    for name, label in (("check", "check of a card"), ("empty", "empty view")):
        print(f"{label:24}{found[name]:10.0f}{1000 / found[name]:10.2f}")
    print(f"checks_per_s={found['check']:.0f} ratio={found['check'] / found['empty']:.2f}")


def _rate(visitors: ProcessPoolExecutor, addresses: list[str], count: int) -> float:
    each = count // VISITORS
    begun = time.perf_counter()
    waiting = [visitors.submit(_ask, addresses, each * place, each) for place in range(VISITORS)]
    for one in waiting:
        one.result()
    return each * VISITORS / (time.perf_counter() - begun)


def _ask(addresses: list[str], first: int, count: int) -> None:
    connection = http.client.HTTPConnection(BIND)
    for number in range(first, first + count):
        visitor = f"10.{number // 62500 % 250}.{number // 250 % 250}.{number % 250}"
        connection.request("GET", addresses[number % len(addresses)], headers={"X-Forwarded-For": visitor})
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 200, answer.status
    connection.close()


def _wait() -> None:
    for _ in range(200):
        try:
            connection = http.client.HTTPConnection(BIND, timeout=5)
            connection.request("GET", "/empty/")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not answer")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 4000)
