"""The receipt of an outside printer: read and checked line by line, then entered as a whole, once."""

from io import BytesIO

import django_rq
import pytest
import xlsxwriter
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation

from cards import batches
from cards.actions import count_blanks, enter_receipt, leave_out, receive_receipt, record_prints
from cards.enums import PrintedBy, PrintOutcome
from cards.models import PrintReceipt
from cards.printing.manifest import card_lines
from core.exceptions import ActionRefused
from core.roles import Role
from tests.factories.cards import CardFactory, new_batch
from tests.factories.core import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield
    django_rq.get_queue("default").empty()


@pytest.fixture
def officer():
    return UserFactory(roles=(Role.CARD_OFFICER,))


@pytest.fixture
def batch(officer):
    found = new_batch(4, by=officer)
    batches.make_batch(found.pk)
    found.refresh_from_db()
    return count_blanks(batch=found, count=9, by=officer)


@pytest.fixture
def receive(batch, officer, tmp_path):
    """`receive([[...], ...])` reads a CSV of these rows; bytes are a file as they are."""

    def read(rows) -> PrintReceipt:
        path = tmp_path / "receipt"
        path.write_bytes(
            rows if isinstance(rows, bytes) else "\n".join(",".join(row) for row in rows).encode()
        )
        return receive_receipt(batch=batch, path=path, name="receipt.csv", by=officer)

    return read


def serials(batch) -> list[str]:
    return list(batch.cards.order_by("position").values_list("serial", flat=True))


def test_a_spoiled_blank_and_the_good_one_after_it(batch, officer, receive):
    one, two, three, four = serials(batch)
    receipt = receive(
        [
            ["Serial number", "Result"],
            [one, "good"],
            [two, "spoiled"],
            [two, "good"],
            [three, "OK"],
            [four, "rebut"],
        ]
    )
    batch.refresh_from_db()
    assert (batch.good, batch.spoiled, receipt.errors) == (0, 0, [])
    assert enter_receipt(receipt=receipt, by=officer).entered == 5
    batch.refresh_from_db()
    assert (batch.good, batch.spoiled) == (3, 2)


@pytest.mark.parametrize(
    "header",
    [["N° de série", "Résultat"], ["الرقم التسلسلي", "النتيجة"], ["serial", "status"]],
)
@pytest.mark.parametrize(("good", "spoiled"), [("Bon", "Gâchée"), ("صالحة", "تالفة"), ("1", "0")])
def test_the_words_of_three_languages(batch, receive, header, good, spoiled):
    one, two, *_rest = serials(batch)
    receipt = receive([header, [one, good], [two, spoiled]])
    assert [line[2] for line in receipt.lines] == [PrintOutcome.GOOD, PrintOutcome.SPOILED]


def test_each_wrong_line_is_told_and_the_others_are_entered(batch, officer, receive):
    one, two, three, four = serials(batch)
    record_prints(batch=batch, prints=[(4, PrintOutcome.GOOD)], how=PrintedBy.SCAN, by=officer)
    leave_out(card=batch.cards.get(position=3), reason="Moved", by=officer)
    stranger = CardFactory().serial
    receipt = receive(
        [
            ["Serial number", "Result"],
            [one, "good"],
            ["11-0000000-00", "good"],
            [stranger, "good"],
            [two, "perhaps"],
            [one, "good"],
            [three, "good"],
            [four, "good"],
            ["", ""],
        ]
    )
    assert [(fault["line"], fault["code"]) for fault in receipt.errors] == [
        (3, "serial"),
        (4, "stranger"),
        (5, "result"),
        (6, "twice"),
        (7, "stranger"),
        (8, "counted"),
    ]
    assert enter_receipt(receipt=receipt, by=officer).entered == 1


def test_the_same_file_is_entered_once(batch, officer, receive):
    rows = [["Serial number", "Result"], [serials(batch)[0], "spoiled"]]
    first, second = receive(rows), receive(rows)
    enter_receipt(receipt=first, by=officer)
    with pytest.raises(ActionRefused, match="entered already"):
        enter_receipt(receipt=first, by=officer)
    with pytest.raises(ActionRefused, match="entered already"):
        receive(rows)
    with pytest.raises(IntegrityError, match="receipt_entered_once"), transaction.atomic():
        PrintReceipt.objects.filter(pk=second.pk).update(entered_at=first.created_at, entered_by=officer)


def test_more_blanks_than_there_are_and_nothing_is_entered(batch, officer, receive):
    count_blanks(batch=batch, count=-8, by=officer)
    receipt = receive([["Serial number", "Result"], *[[serial, "good"] for serial in serials(batch)]])
    with pytest.raises(ActionRefused, match="That would be 4 blanks"):
        enter_receipt(receipt=receipt, by=officer)
    receipt.refresh_from_db()
    batch.refresh_from_db()
    assert (receipt.entered_at, batch.good) == (None, 0)


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00\x01\x02", b"PK\x03\x04broken", b"Name,Town\nA,B\n", b"Serial number;Town\n1;2\n"],
)
def test_what_is_no_receipt_is_refused_in_words(receive, content):
    with pytest.raises(ValidationError):
        receive(content)


def test_the_list_of_the_package_filled_in_is_a_receipt(batch, officer, receive):
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        lines = "".join(card_lines(batch.cards.order_by("position"))).lstrip("\ufeff").splitlines()
        for at, line in enumerate(lines):
            cells = line.split(",")
            sheet.write_row(at, 0, [*cells[:-1], "Result" if at == 0 else "good"])
    receipt = receive(out.getvalue())
    assert (len(receipt.lines), receipt.errors) == (4, [])


HEAD = ["Serial number", "Result"]


def test_a_list_sent_again_with_its_errors_put_right_counts_no_blank_twice(batch, officer, receive):
    one, two, three, four = serials(batch)
    enter_receipt(receipt=receive([HEAD, [one, "good"], [two, "spoiled"], [three, "goood"]]), by=officer)
    again = receive(
        [HEAD, [one, "good"], [two, "spoiled"], [two, "spoiled"], [three, "good"], [four, "good"]]
    )
    assert [fault["code"] for fault in again.errors] == ["counted", "spoiled_before"]
    enter_receipt(receipt=again, by=officer)
    batch.refresh_from_db()
    assert (batch.good, batch.spoiled) == (3, 2)


def test_two_readings_of_one_file_are_entered_once(batch, officer, receive):
    first, second = (receive([HEAD, [serials(batch)[0], "good"]]) for _time in range(2))
    enter_receipt(receipt=first, by=officer)
    with pytest.raises(ActionRefused, match="entered already"):
        enter_receipt(receipt=second, by=officer)
    batch.refresh_from_db()
    assert batch.good == 1


def test_a_receipt_read_before_another_told_of_the_same_blank_is_sent_again(batch, officer, receive):
    one, two, *_others = serials(batch)
    first = receive([HEAD, [one, "spoiled"]])
    second = receive([HEAD, [one, "spoiled"], [two, "good"]])
    enter_receipt(receipt=first, by=officer)
    with pytest.raises(ActionRefused, match="Send it again"):
        enter_receipt(receipt=second, by=officer)
    batch.refresh_from_db()
    assert (batch.good, batch.spoiled) == (0, 1)
