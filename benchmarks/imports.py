"""An import of so many people from an XLSX file, by two workers, beside one full_clean() and save() a row.

`python -m benchmarks.imports 100000`, with DATABASE_URL set. Made in a database of its own, which goes
afterwards. Measured is what workers do: reading, checking, entering; a person's clicks between are not. The
plain loop is measured on some of the same rows and scaled up. Memory is that of both workers and of the
reader together, at the moment when it is highest.
"""

import multiprocessing
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

WORKERS = 2
PLAIN_SAMPLE = 1000


def main(count: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chamber_portal.settings.local")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    os.environ["BENCH_DATABASE"] = connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        for command in ("load_territory", "load_service_domains", "load_crafts"):
            call_command(command, verbosity=0, stdout=open(os.devnull, "w"))  # noqa: SIM115, PTH123
        with tempfile.TemporaryDirectory() as directory:
            _measure(count, Path(directory))
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


def _measure(count: int, directory: Path) -> None:
    from benchmarks.import_file import plain_registrants, write_workbook
    from core.models import User
    from core.roles import Role

    file = directory / "people.xlsx"
    write_workbook(file, count)
    sender, checker = (
        User.objects.create_user(name, roles=[Role.NATIONAL_ADMIN], name_ar=name, name_latin=name)
        for name in ("sender", "checker")
    )
    with Watch() as watch:
        steps = _import(file, count, sender, checker, watch)
    seconds = sum(steps.values())
    begun = time.perf_counter()
    for save in plain_registrants(count, min(PLAIN_SAMPLE, count)):
        save()
    plain = (time.perf_counter() - begun) * count / min(PLAIN_SAMPLE, count)
    print(f"{count} rows, {file.stat().st_size / 1e6:.1f} MB of XLSX")
    for name, took in steps.items():
        print(f"  {name:12}{took:8.1f} s")
    print(f"  {'plain loop':12}{plain:8.1f} s, from {min(PLAIN_SAMPLE, count)} rows")
    print(f"seconds={seconds:.1f} peak_mb={watch.peak_mb:.0f} ratio={plain / seconds:.1f}")


def _import(file: Path, count: int, sender, checker, watch: "Watch") -> dict[str, float]:
    from django.core.files import File

    from registry.actions.imports import apply_import, choose_columns, receive_import
    from registry.enums import ImportState, NewPeople, RowOutcome
    from registry.models import ImportJob, Registrant

    with file.open("rb") as content:
        job = receive_import(file=File(content, name="people.xlsx"), name="people.xlsx", by=sender)
    steps = {"reading": _work(job.pk, 1, watch)}
    job = ImportJob.objects.get(pk=job.pk)
    assert (job.state, job.rows_total) == (ImportState.COLUMNS, count), (job.state, job.found)
    choose_columns(
        job=job,
        mapping=job.mapping,
        new_people=NewPeople.APPLICATIONS,
        update_fields=[],
        erase_blanks=False,
        consent_collected=True,
        by=sender,
    )
    steps["checking"] = _work(job.pk, WORKERS, watch)
    job.refresh_from_db()
    errors = list(job.rows.filter(outcome=RowOutcome.ERROR).values_list("notes", flat=True)[:3])
    assert job.planned == {RowOutcome.CREATE: count}, (job.state, job.last_error, job.planned, errors)
    apply_import(job=job, by=checker)
    steps["entering"] = _work(job.pk, WORKERS, watch)
    job.refresh_from_db()
    assert (job.state, job.done) == (ImportState.APPLIED, {RowOutcome.CREATE: count}), (
        job.state,
        job.last_error,
        job.done,
        list(job.rows.filter(outcome=RowOutcome.ERROR).values_list("notes", flat=True)[:3]),
    )
    assert Registrant.objects.count() == count
    return steps


def _work(job_id: int, workers: int, watch: "Watch") -> float:
    """The import taken through one step by so many processes; their start is counted too."""
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_worker, args=(job_id,)) for _ in range(workers)]
    begun = time.perf_counter()
    for process in processes:
        process.start()
    watch.pids = [process.pid for process in processes]
    for process in processes:
        process.join()
        assert process.exitcode == 0
    return time.perf_counter() - begun


def _worker(job_id: int) -> None:
    import django

    django.setup()
    from django.db import connections

    connections["default"].settings_dict["NAME"] = os.environ["BENCH_DATABASE"]
    from registry.imports import work

    work.work_on(job_id)


class Watch:
    """Looks twenty times a second how much memory the workers and their children hold."""

    def __init__(self) -> None:
        self.peak_mb = 0.0
        self.pids: list[int] = []
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look)

    def __enter__(self) -> "Watch":
        self._thread.start()
        return self

    def __exit__(self, *_error) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(0.05):
            listed = subprocess.run(
                ["ps", "-eo", "pid=,ppid=,rss="], capture_output=True, text=True, check=True
            ).stdout
            rows = [tuple(map(int, line.split())) for line in listed.splitlines()]
            family = set(self.pids)
            while more := {pid for pid, parent, _rss in rows if parent in family} - family:
                family |= more
            held = sum(rss for pid, _parent, rss in rows if pid in family) / 1024
            self.peak_mb = max(self.peak_mb, held)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
