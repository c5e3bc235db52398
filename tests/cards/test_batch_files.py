"""Files made of a batch in the background: whole, the same bytes, gone on with, given up, packed."""

import csv
import threading
from hashlib import sha256
from io import BytesIO, StringIO

import django_rq
import pikepdf
import pypdfium2
import pytest
import pyzipper
from django.db import IntegrityError, connection, transaction
from django.utils import translation

from cards import batch_files, batches
from cards.actions import (
    ask_for_file,
    close_batch,
    count_blanks,
    give_up_file,
    leave_out,
    record_prints,
    retry_file,
)
from cards.actions.printers import save_printer
from cards.enums import Duplex, FileLayout, FileState, PrintedBy, PrintOutcome
from cards.forms_printing import FileForm
from cards.models import BatchFile
from cards.printing import files
from cards.printing.manifest import entries_of, manifest
from cards.printing.passphrases import Unsealable, new_passphrase, seal, unseal
from core.exceptions import ActionRefused
from core.models import AuditEvent
from core.roles import Role
from tests.cards.printed import serials_printed
from tests.factories.cards import new_batch
from tests.factories.core import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)
SIZE = 7


@pytest.fixture(autouse=True)
def _small_parts_and_empty_queue(settings, monkeypatch):
    settings.CARDS_PER_CHUNK, settings.CARDS_PER_BOX = 3, 4
    monkeypatch.setattr(files, "CARDS_A_PART", 2)
    django_rq.get_queue("default").empty()
    with translation.override("en"):
        yield
    django_rq.get_queue("default").empty()


@pytest.fixture
def officer():
    return UserFactory(roles=(Role.CARD_OFFICER,))


@pytest.fixture
def batch(officer):
    found = new_batch(SIZE, by=officer)
    batches.make_batch(found.pk)
    found.refresh_from_db()
    return found


def ask(batch, officer, layout, **more) -> BatchFile:
    file, _passphrase = ask_for_file(batch=batch, layout=layout, by=officer, **more)
    return file


def made(file: BatchFile) -> bytes:
    files.make_file(file.pk)
    file.refresh_from_db()
    assert (file.state, file.last_error) == (FileState.MADE, "")
    content = batch_files.path_of(file.file.name).read_bytes()
    assert file.sha256 == sha256(content).hexdigest()
    assert file.size == len(content)
    return content


def serials(batch, *positions) -> list[str]:
    return [batch.cards.get(position=position).serial for position in positions]


def text_of(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def test_with_the_cards_come_their_sheets_and_hand_over_sheets(batch):
    usual = batch.files.order_by("pk")
    assert [(file.layout, file.duplex, file.count) for file in usual] == [
        (FileLayout.SHEETS, Duplex.LONG_EDGE, SIZE),
        (FileLayout.BORDEREAU, "", SIZE),
    ]
    for file in usual:
        with pikepdf.open(BytesIO(made(file))) as pdf:
            assert pdf.check_pdf_syntax() == []


def test_go_on_from_a_card(batch, officer):
    content = made(ask(batch, officer, FileLayout.CARDS, first=4))
    assert serials_printed(content) == serials(batch, 4, 5, 6, 7)


def test_only_what_did_not_come_out_well_and_nobody_who_was_left_out(batch, officer):
    count_blanks(batch=batch, count=10, by=officer)
    prints = [(1, PrintOutcome.GOOD), (2, PrintOutcome.SPOILED), (3, PrintOutcome.GOOD)]
    record_prints(batch=batch, prints=prints, how=PrintedBy.NUMBER, by=officer)
    leave_out(card=batch.cards.get(position=6), reason="Moved", by=officer)
    content = made(ask(batch, officer, FileLayout.CARDS, only_unprinted=True))
    assert serials_printed(content) == serials(batch, 2, 4, 5, 7)


def test_a_file_is_cut_in_parts_and_gone_on_with_after_its_worker_died(batch, officer, monkeypatch):
    file = ask(batch, officer, FileLayout.CARDS)
    real, calls = files._pages, []

    def dies(*arguments):
        calls.append(arguments)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return real(*arguments)

    monkeypatch.setattr(files, "_pages", dies)
    with pytest.raises(KeyboardInterrupt):
        files.make_file(file.pk)
    assert files.progress(file).done == 4
    content = made(file)
    # Two parts were there: two of four were made after the death.
    assert len(calls) == 3 + 2
    assert serials_printed(content) == serials(batch, *range(1, SIZE + 1))
    assert not batch_files.parts_directory(file.pk).exists()


def test_the_same_cards_give_the_same_bytes(batch, officer):
    for layout, more in (
        (FileLayout.CARDS, {}),
        (FileLayout.SHEETS, {"duplex": Duplex.SHORT_EDGE}),
        (FileLayout.CONTACT, {}),
        (FileLayout.BORDEREAU, {}),
    ):
        first, second = (made(ask(batch, officer, layout, **more)) for _ in range(2))
        assert first == second, layout


def test_two_workers_at_one_file_make_it_once(batch, officer):
    file = ask(batch, officer, FileLayout.CARDS)

    def work():
        try:
            files.make_file(file.pk)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    file.refresh_from_db()
    assert file.state == FileState.MADE
    assert serials_printed(batch_files.path_of(file.file.name).read_bytes()) == serials(batch, *range(1, 8))


def test_a_lost_queue_is_filled_again(batch, officer):
    for usual in batch.files.all():
        made(usual)
    file = ask(batch, officer, FileLayout.CARDS)
    assert files.resume() == 0
    django_rq.get_queue("default").connection.flushdb()
    assert files.resume() == 1
    django_rq.get_worker("default", worker_class="rq.SimpleWorker").work(burst=True, logging_level="ERROR")
    file.refresh_from_db()
    assert file.state == FileState.MADE


def test_a_file_given_up_leaves_nothing_behind(batch, officer):
    file = ask(batch, officer, FileLayout.CARDS)
    made(file)
    path = batch_files.path_of(file.file.name)
    give_up_file(file=file, by=officer)
    assert not path.exists()
    with pytest.raises(ActionRefused):
        give_up_file(file=file, by=officer)
    waiting = ask(batch, officer, FileLayout.CARDS)
    give_up_file(file=waiting, by=officer)
    files.make_file(waiting.pk)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.file.name) == (FileState.CANCELLED, "")
    assert not batch_files.parts_directory(waiting.pk).exists()


def test_a_file_given_up_while_it_is_made_is_not_made(batch, officer, monkeypatch):
    file = ask(batch, officer, FileLayout.CARDS)
    real = files._pages

    def given_up(*arguments):
        BatchFile.objects.filter(pk=file.pk).update(state=FileState.CANCELLED)
        return real(*arguments)

    monkeypatch.setattr(files, "_pages", given_up)
    files.make_file(file.pk)
    file.refresh_from_db()
    assert (file.state, file.file.name) == (FileState.CANCELLED, "")
    assert not batch_files.parts_directory(file.pk).exists()


def test_a_printers_values_are_those_of_the_day_it_was_asked_for(batch, officer):
    values = {"name": "Printer", "right_mm": 0.5, "down_mm": 0}
    printer = save_printer(printer=None, region=batch.region, values=values, by=officer)
    file = ask(batch, officer, FileLayout.CARDS, printer=printer)
    save_printer(printer=printer, region=batch.region, values={"right_mm": 2}, by=officer)
    printer.refresh_from_db()
    file.refresh_from_db()
    assert file.adjustment["right_mm"] == 0.5
    assert made(file) != made(ask(batch, officer, FileLayout.CARDS, printer=printer))


def test_hand_over_sheets_are_in_arabic_box_by_box(batch, officer):
    with translation.override("fr"):
        pages = text_of(made(ask(batch, officer, FileLayout.BORDEREAU)))
    assert len(pages) == 2
    first, second = batch.cards.get(position=1), batch.cards.get(position=5)
    assert first.registrant.nia in pages[0]
    assert first.registrant.nia not in pages[1]
    assert second.registrant.nia in pages[1]


def test_the_manifest_has_the_digest_of_every_file(batch, officer):
    content = made(ask(batch, officer, FileLayout.CARDS, first=6))
    rows = list(csv.reader(StringIO(manifest(entries_of(batch)).lstrip("\ufeff"))))
    assert rows[0] == ["File", "Cards", "Bytes", "SHA-256"]
    assert rows[1] == ["cards.pdf", "7", str(batch.file.size), batch.file_sha256]
    assert rows[2][1:] == ["2", str(len(content)), sha256(content).hexdigest()]
    assert len(rows) == 3


class TestPackage:
    def test_it_opens_with_its_passphrase_alone_and_holds_what_its_manifest_says(self, batch, officer):
        file, passphrase = ask_for_file(batch=batch, layout=FileLayout.PACKAGE, by=officer)
        content = made(file)
        with pyzipper.AESZipFile(BytesIO(content)) as archive:
            assert {entry.flag_bits & 1 for entry in archive.infolist()} == {1}
            with pytest.raises(RuntimeError, match="password"):
                archive.read("cards.csv")
            with pytest.raises(RuntimeError, match="Bad password"):
                archive.read("cards.csv", pwd=b"another")
            archive.setpassword(passphrase.encode())
            rows = list(csv.reader(StringIO(archive.read("manifest.csv").decode().lstrip("\ufeff"))))
            digests = {row[0]: row[3] for row in rows[1:]}
            names = set(archive.namelist()) - {"manifest.csv"}
            assert set(digests) == names
            assert all(sha256(archive.read(name)).hexdigest() == digests[name] for name in names)
            assert serials_printed(archive.read("cards.pdf")) == serials(batch, *range(1, 8))
            cards = list(csv.DictReader(StringIO(archive.read("cards.csv").decode().lstrip("\ufeff"))))
        assert [card["Serial number"] for card in cards] == serials(batch, *range(1, 8))
        assert {card["Photograph"] for card in cards} < names

    def test_who_was_left_out_is_not_in_it(self, batch, officer):
        leave_out(card=batch.cards.get(position=2), reason="Moved", by=officer)
        file, passphrase = ask_for_file(batch=batch, layout=FileLayout.PACKAGE, by=officer)
        with pyzipper.AESZipFile(BytesIO(made(file))) as archive:
            archive.setpassword(passphrase.encode())
            assert serials_printed(archive.read("cards.pdf")) == serials(batch, 1, 3, 4, 5, 6, 7)
            assert sum(name.endswith(".jpg") for name in archive.namelist()) == SIZE - 1
        assert not batch_files.parts_directory(file.pk).exists()

    def test_its_passphrase_is_kept_sealed_until_it_is_made_and_not_longer(self, batch, officer):
        file, passphrase = ask_for_file(batch=batch, layout=FileLayout.PACKAGE, by=officer)
        assert passphrase not in file.sealed
        assert unseal(file.sealed) == passphrase
        made(file)
        assert file.sealed == ""
        told = "".join(str(event.after) for event in AuditEvent.objects.about(batch))
        assert passphrase not in told

    def test_a_missing_photograph_stops_it_and_it_is_asked_for_anew(self, batch, officer):
        file, _passphrase = ask_for_file(batch=batch, layout=FileLayout.PACKAGE, by=officer)
        batch_files.path_of(batch.cards.get(position=2).photograph).unlink()
        files.make_file(file.pk)
        file.refresh_from_db()
        assert (file.state, file.sealed) == (FileState.PENDING, "")
        assert batches.error_words(file).startswith("A picture of card")
        with pytest.raises(ActionRefused, match="passphrase was not kept"):
            retry_file(file=file, by=officer)

    def test_it_is_gone_once_the_batch_is_closed(self, batch, officer):
        file, _passphrase = ask_for_file(batch=batch, layout=FileLayout.PACKAGE, by=officer)
        made(file)
        path = batch_files.path_of(file.file.name)
        count_blanks(batch=batch, count=SIZE, by=officer)
        prints = [(position, PrintOutcome.GOOD) for position in range(1, SIZE + 1)]
        record_prints(batch=batch, prints=prints, how=PrintedBy.NUMBER, by=officer)
        close_batch(batch=batch, left=0, by=officer)
        file.refresh_from_db()
        assert (file.state, path.exists()) == (FileState.CANCELLED, False)
        with pytest.raises(ActionRefused):
            ask_for_file(batch=batch, layout=FileLayout.PACKAGE, by=officer)
        batch.refresh_from_db()
        offered = dict(FileForm(batch=batch).fields["layout"].choices)
        assert FileLayout.CARDS in offered and FileLayout.PACKAGE not in offered
        assert not batch_files.path_of(batch_files.chunk_name(batch.pk, 1)).exists()

    def test_another_secret_key_opens_nothing(self, settings):
        sealed = seal(new_passphrase())
        settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [settings.SECRET_KEY]
        assert unseal(sealed)
        settings.SECRET_KEY_FALLBACKS = []
        with pytest.raises(Unsealable):
            unseal(sealed)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("batch_file_made_is_there", {"state": FileState.MADE}),
        ("batch_file_sealed_until_made", {"sealed": "x"}),
        ("batch_file_sheets_have_duplex", {"duplex": Duplex.LONG_EDGE}),
    ],
)
def test_constraints(batch, officer, name, fields):
    file = ask(batch, officer, FileLayout.CARDS)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        BatchFile.objects.filter(pk=file.pk).update(**fields)


def test_a_file_that_stopped_goes_on_with_the_parts_it_has(batch, officer, monkeypatch):
    file = ask(batch, officer, FileLayout.CARDS)

    def broken(*_arguments):
        raise ValueError

    with monkeypatch.context() as patched:
        patched.setattr(files, "_pages", broken)
        files.make_file(file.pk)
    file.refresh_from_db()
    assert (file.state, file.last_error) == (FileState.PENDING, "ValueError")
    assert files.resume() >= 0
    retry_file(file=file, by=officer)
    made(file)
    with pytest.raises(ActionRefused):
        retry_file(file=file, by=officer)
