"""A real worker killed in the middle of writing a list: another writes it whole, once, nothing left over."""

import shutil
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection

from core.models import AuditEvent
from core.roles import Role
from registry.enums import ExportState, Listing
from registry.models import ExportJob
from tests.factories.core import UserFactory
from tests.factories.exports import asked, csv_rows
from tests.factories.registry import ApplicationFactory
from tests.workers import kill, wait_until

pytestmark = pytest.mark.django_db(transaction=True)

GATE = 20_261_129
# Where a worker is held fast: the rows are in its own file and it is about to tell so; its file is in the
# store and it is about to sign for it.
MOMENTS = {
    "rows_written": "NEW.state = 'running' AND NEW.written > 0",
    "file_stored": "NEW.state = 'done'",
}


@contextmanager
def held_at(moment: str):
    """Whoever comes to this moment waits there until the end of the block."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            CREATE FUNCTION export_gate() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                PERFORM pg_advisory_xact_lock({GATE});
                RETURN NEW;
            END $$;
            CREATE TRIGGER export_gate BEFORE UPDATE ON registry_exportjob
                FOR EACH ROW WHEN ({MOMENTS[moment]}) EXECUTE FUNCTION export_gate();
            SELECT pg_advisory_lock({GATE});
            """
        )
        try:
            yield
        finally:
            cursor.execute(
                f"SELECT pg_advisory_unlock({GATE}); DROP TRIGGER export_gate ON registry_exportjob;"
                " DROP FUNCTION export_gate"
            )


def somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND objid = %s", [GATE]
        )
        return cursor.fetchone()[0] > 0


def stored_of(job: ExportJob) -> list[str]:
    """Every file in the store; one saved beside another would have a longer name."""
    storage = job.file.storage
    return storage.listdir("exports")[1] if storage.exists("exports") else []


@pytest.mark.parametrize("moment", MOMENTS)
def test_another_worker_writes_the_list_that_a_killed_one_left(moment, start_worker, settings):
    # What an earlier run left behind.
    shutil.rmtree(Path(settings.MEDIA_ROOT) / "exports", ignore_errors=True)
    expected = [ApplicationFactory().tracking_number for _ in range(3)]
    by = UserFactory(roles=[Role.REGISTRAR])
    with held_at(moment):
        victim = start_worker()
        job = asked(by, listing=Listing.APPLICATIONS, columns=["tracking_number"])
        wait_until(somebody_waits)
        kill(victim)
        job.refresh_from_db()
        assert (job.state, bool(job.file), job.attempts) == (ExportState.RUNNING, False, 1)
        assert stored_of(job) == ([f"{job.pk}.csv"] if moment == "file_stored" else [])
    start_worker()
    wait_until(lambda: ExportJob.objects.filter(pk=job.pk, state=ExportState.DONE).exists())
    job.refresh_from_db()
    assert [row[0] for row in csv_rows(job)[1:]] == expected
    assert (job.total, job.written, job.attempts) == (3, 3, 2)
    assert stored_of(job) == [f"{job.pk}.csv"]
    assert AuditEvent.objects.filter(action="registry.export.made").count() == 1
