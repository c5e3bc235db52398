"""Batches made chunk by chunk: whole, in order, the same bytes; stopped, cancelled, gone on with."""

import threading
from hashlib import sha256

import django_rq
import pikepdf
import pytest
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.test import override_settings
from django.urls import reverse
from django.utils import translation

from cards import batch_files, batches
from cards.actions import cancel_batch, leave_out, retry_batch
from cards.enums import BatchState, CardState, ChunkState
from cards.models import BatchChunk
from core.exceptions import ActionRefused
from core.models import AuditEvent
from core.roles import Role
from tests.cards.printed import serials_printed
from tests.factories.cards import new_batch
from tests.factories.core import UserFactory
from tests.factories.registry import portrait_bytes

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _small_chunks_and_empty_queue(settings):
    settings.CARDS_PER_CHUNK = 2
    django_rq.get_queue("default").empty()
    with translation.override("en"):
        yield
    django_rq.get_queue("default").empty()


@pytest.fixture
def officer():
    return UserFactory(roles=(Role.CARD_OFFICER,))


def make_one_chunk(batch):
    batches._start(batch.pk)
    assert batches._make_next_chunk(batch.pk)


def test_the_file_holds_every_card_once_and_in_order():
    batch = new_batch(5)
    batches.make_batch(batch.pk)
    batch.refresh_from_db()
    content = batch_files.path_of(batch.file.name).read_bytes()
    assert batch.state == BatchState.MADE
    assert batch.file_sha256 == sha256(content).hexdigest()
    assert serials_printed(content) == list(batch.cards.order_by("position").values_list("serial", flat=True))
    assert set(batch.cards.values_list("state", flat=True)) == {CardState.IN_BATCH}
    assert AuditEvent.objects.about(batch).first().action == "cards.batch.made"
    assert batch_files.path_of(batch_files.chunk_name(batch.pk, 1)).exists()


def test_the_same_cards_give_the_same_bytes():
    batch = new_batch(3)
    batches.make_batch(batch.pk)
    batch.refresh_from_db()
    first = batch.file_sha256
    type(batch).objects.filter(pk=batch.pk).update(state=BatchState.RUNNING)
    batch.chunks.update(state=ChunkState.PENDING)
    batches.make_batch(batch.pk)
    batch.refresh_from_db()
    assert batch.file_sha256 == first


def test_made_twice_is_made_once():
    batch = new_batch(2)
    batches.make_batch(batch.pk)
    batch.refresh_from_db()
    finished = batch.finished_at
    batches.make_batch(batch.pk)
    batch.refresh_from_db()
    assert batch.finished_at == finished
    assert AuditEvent.objects.about(batch).filter(action="cards.batch.made").count() == 1


def test_a_batch_that_is_not_there_is_no_error():
    assert batches.make_batch(0) is None


def test_cards_are_not_made_before_the_last_chunk():
    batch = new_batch(3)
    make_one_chunk(batch)
    batches._put_together(batch.pk)
    batch.refresh_from_db()
    assert batch.state == BatchState.RUNNING
    assert set(batch.cards.values_list("state", flat=True)) == {CardState.IN_BATCH}


def test_progress_is_told_from_the_chunks():
    batch = new_batch(5)
    assert (batches.progress(batch).done, batches.progress(batch).left) == (0, None)
    make_one_chunk(batch)
    make_one_chunk(batch)
    batch.refresh_from_db()
    told = batches.progress(batch)
    assert (told.done, told.total) == (4, 5)
    assert told.left.total_seconds() > 0


def test_a_cancelled_batch_is_not_made_and_its_chunk_in_hand_does_not_bring_it_back(officer):
    batch = new_batch(4, by=officer)
    worker = threading.Thread(target=make_in_a_thread, args=(batch.pk,), daemon=True)
    with transaction.atomic(), connection.cursor() as cursor:
        # The worker claims its chunk, and waits here for the words of the cards.
        cursor.execute("LOCK TABLE cards_card IN ACCESS EXCLUSIVE MODE")
        worker.start()
        while not somebody_waits_for_the_cards(cursor):
            assert worker.is_alive()
        cancel_batch(batch=batch, reason="Wrong list", by=officer)
    worker.join(60)
    batch.refresh_from_db()
    assert (batch.state, batch.file.name, batch.last_error) == (BatchState.CANCELLED, "", "")
    assert set(batch.cards.values_list("state", flat=True)) == {CardState.CANCELLED}
    assert not BatchChunk.objects.filter(batch=batch, state=ChunkState.MADE).exists()
    assert not batch_files.path_of(batch_files.chunk_name(batch.pk, 1)).exists()


def somebody_waits_for_the_cards(cursor) -> bool:
    cursor.execute("SELECT 1 FROM pg_locks WHERE relation = 'cards_card'::regclass AND NOT granted")
    return cursor.fetchone() is not None


def make_in_a_thread(batch_id):
    try:
        batches.make_batch(batch_id)
    finally:
        connection.close()


def test_a_missing_picture_stops_the_batch_and_names_only_the_serial(officer):
    batch = new_batch(3, by=officer)
    card = batch.cards.get(position=3)
    photograph = batch_files.path_of(card.photograph)
    kept = photograph.read_bytes()
    photograph.unlink()
    batches.make_batch(batch.pk)
    batch.refresh_from_db()
    assert batch.last_error == f"picture {card.serial}"
    assert batches.error_words(batch) == f"A picture of card {card.serial} is missing or damaged."
    assert batches.resume_unfinished() == 0
    photograph.write_bytes(kept)
    retry_batch(batch=batch, by=officer)
    batches.make_batch(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, batch.last_error) == (BatchState.MADE, "")


@pytest.fixture
def pictureless(officer):
    """A batch that stopped because the picture of its third card is gone."""
    batch = new_batch(3, by=officer)
    batch_files.path_of(batch.cards.get(position=3).photograph).unlink()
    batches.make_batch(batch.pk)
    batch.refresh_from_db()
    assert batch.last_error
    return batch


def test_left_out_the_card_without_its_picture_holds_up_the_others_no_longer(officer, pictureless):
    leave_out(card=pictureless.cards.get(position=3), reason="No picture", by=officer)
    retry_batch(batch=pictureless, by=officer)
    batches.make_batch(pictureless.pk)
    pictureless.refresh_from_db()
    assert (pictureless.state, pictureless.last_error) == (BatchState.MADE, "")


def test_with_a_new_picture_in_the_register_the_card_takes_it_from_there(
    officer, pictureless, sign_in_english
):
    card = pictureless.cards.get(position=3)
    client = sign_in_english(user=officer)
    page = client.get(reverse("cards:batch", args=[pictureless.pk])).content.decode()
    assert reverse("cards:card", args=[card.pk]) in page
    mend = reverse("cards:card_refresh", args=[card.pk])
    assert mend in page
    card.registrant.photograph.save("new.jpg", ContentFile(portrait_bytes()))
    client.post(mend)
    batches.make_batch(pictureless.pk)
    pictureless.refresh_from_db()
    assert (pictureless.state, pictureless.last_error) == (BatchState.MADE, "")


def test_only_a_batch_that_stopped_is_tried_again(officer):
    with pytest.raises(ActionRefused):
        retry_batch(batch=new_batch(1, by=officer), by=officer)


def test_a_new_batch_asks_for_no_more_workers_than_it_has_chunks():
    new_batch(2)
    assert len(django_rq.get_queue("default").job_ids) == 1
    new_batch(5)
    assert len(django_rq.get_queue("default").job_ids) == 3


def test_a_lost_queue_is_filled_again():
    batch = new_batch(3)
    make_one_chunk(batch)
    queue = django_rq.get_queue("default")
    assert batches.resume_unfinished() == 0
    queue.connection.flushdb()
    assert queue.job_ids == []
    assert batches.resume_unfinished() == 1
    django_rq.get_worker("default", worker_class="rq.SimpleWorker").work(burst=True, logging_level="ERROR")
    batch.refresh_from_db()
    assert batch.state == BatchState.MADE
    assert batch.files.made().count() == 2


def test_without_redis_a_batch_is_composed_and_waits():
    with override_settings(RQ_QUEUES={"default": {"URL": "unix:///nowhere/redis?db=0"}}):
        batch = new_batch(1)
    batch.refresh_from_db()
    assert batch.state == BatchState.QUEUED


def test_the_file_is_a_sound_pdf_with_two_pages_a_card():
    batch = new_batch(3)
    batches.make_batch(batch.pk)
    batch.refresh_from_db()
    with pikepdf.open(batch_files.path_of(batch.file.name)) as pdf:
        assert len(pdf.pages) == 6
        assert pdf.check_pdf_syntax() == []
