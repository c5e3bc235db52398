"""Cards on other pages: ten a sheet, backs behind fronts, moved for a printer; read from the PDF."""

from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from django.test import override_settings
from django.utils import translation

from benchmarks.card_samples import drawn_photo, sample_face
from cards import keys
from cards.card_design.boxes import Side
from cards.card_design.design_page import HEIGHT_MM, WIDTH_MM
from cards.enums import Duplex, Fitting
from cards.merging import merge_pdfs
from cards.printing.contact import Shown, contact_sheets
from cards.printing.geometry import (
    A4_MM,
    BLEED_MM,
    POINTS_A_MM,
    Adjustment,
    crop_marks,
    slot_of,
)
from cards.printing.imposition import opened, pages_for_printer
from cards.printing.rulers import ACROSS_MM, DOWN_MM, FROM_EDGE_MM, Measured, ruler_card
from cards.printing.sheets import sheets
from cards.rendering import render_cards

DPI = 300
CARDS = 12


@pytest.fixture(scope="module")
def faces(tmp_path_factory):
    with override_settings(CARD_KEYS_DIR=tmp_path_factory.mktemp("keys")):
        keys.ensure_key()
        return [sample_face(number, photo=drawn_photo(number)) for number in range(CARDS)]


@pytest.fixture(scope="module")
def batch_file(faces, tmp_path_factory) -> Path:
    """A batch of twelve in two chunks, as workers make it."""
    directory = tmp_path_factory.mktemp("batch")
    parts = [directory / "1.pdf", directory / "2.pdf"]
    parts[0].write_bytes(render_cards(faces[:7], bleed_mm=BLEED_MM))
    parts[1].write_bytes(render_cards(faces[7:], bleed_mm=BLEED_MM))
    merge_pdfs(parts, directory / "batch.pdf")
    return directory / "batch.pdf"


def pictures(pdf: bytes | Path, *, dpi: int = DPI):
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=dpi / 72).to_pil() for page in document]
    finally:
        document.close()


def assert_sound(pdf: bytes) -> None:
    with pikepdf.open(BytesIO(pdf)) as document:
        assert document.check_pdf_syntax() == []
        assert document.get_warnings() == []


def codes_by_place(page) -> dict[tuple[int, int], str]:
    """The codes of a sheet by column and row of the card they lie on."""
    found = {}
    for code in zxingcpp.read_barcodes(page):
        box = code.position
        x = (box.top_left.x + box.bottom_right.x) / 2 * 25.4 / DPI
        y = (box.top_left.y + box.bottom_right.y) / 2 * 25.4 / DPI
        found[int(x // (A4_MM[0] / 2)), int((y - 9) // (HEIGHT_MM + 2))] = code.text
    return found


def test_pages_are_id1_with_half_a_millimetre_of_bleed(batch_file):
    with pikepdf.open(batch_file) as pdf:
        assert len(pdf.pages) == 2 * CARDS
        for page in pdf.pages:
            media, bleed, trim = (
                [float(edge) / POINTS_A_MM for edge in box]
                for box in (page.mediabox, page.obj.BleedBox, page.trimbox)
            )
            assert trim == pytest.approx([0, 0, 85.60, 53.98], abs=0.01)
            assert media == bleed == pytest.approx([-0.5, -0.5, 86.10, 54.48], abs=0.01)


@pytest.mark.parametrize("duplex", Duplex)
def test_backs_come_to_lie_behind_their_fronts(batch_file, faces, duplex):
    """The sheet is turned over as the printer turns it: then every code must lie on its own card."""
    with opened((1, batch_file)) as source:
        pdf = sheets(source, range(1, CARDS + 1), duplex, title="Batch", first_sheet=1, sheets_total=2)
    assert_sound(pdf)
    pages = pictures(pdf)
    assert len(pages) == 4
    for number, first in ((1, 0), (3, 10)):
        codes = codes_by_place(pages[number])
        for place, face in enumerate(faces[first : first + 10]):
            row, column = divmod(place, 2)
            behind = (1 - column, row) if duplex == Duplex.LONG_EDGE else (column, 4 - row)
            assert codes.pop(behind) == face.url
        assert codes == {}


def test_a_back_turned_over_the_short_edge_stands_on_its_head(batch_file):
    assert not slot_of(0, Side.BACK, Duplex.LONG_EDGE).upside_down
    assert slot_of(0, Side.BACK, Duplex.SHORT_EDGE).upside_down
    assert not slot_of(0, Side.FRONT, Duplex.SHORT_EDGE).upside_down


def test_crop_marks_point_at_every_edge_and_touch_no_card():
    slots = [slot_of(number, Side.FRONT, Duplex.LONG_EDGE) for number in range(10)]
    edges_x = {round(edge, 3) for slot in slots for edge in (slot.left_mm, slot.left_mm + WIDTH_MM)}
    edges_y = {round(edge, 3) for slot in slots for edge in (slot.top_mm, slot.top_mm + HEIGHT_MM)}
    upright = [mark for mark in crop_marks() if mark[0] == mark[2]]
    level = [mark for mark in crop_marks() if mark[1] == mark[3]]
    assert {round(mark[0], 3) for mark in upright} == edges_x
    assert {round(mark[1], 3) for mark in level} == edges_y
    for x1, y1, x2, y2 in crop_marks():
        assert min(y1, y2) + min(x1, x2) > 4
        for slot in slots:
            outside_x = max(x1, x2) <= slot.left_mm - BLEED_MM or min(x1, x2) >= slot.left_mm + WIDTH_MM + 0.5
            outside_y = max(y1, y2) <= slot.top_mm - BLEED_MM or min(y1, y2) >= slot.top_mm + HEIGHT_MM + 0.5
            assert outside_x or outside_y


def test_marks_are_drawn_in_the_margin_whatever_the_language(batch_file):
    for language in ("ar", "fr"):
        with translation.override(language), opened((1, batch_file)) as source:
            page = pictures(
                sheets(source, [1], Duplex.LONG_EDGE, title="", first_sheet=1, sheets_total=1), dpi=300
            )[0].convert("L")
        x, y = (
            round(value * 300 / 25.4) for value in (slot_of(0, Side.FRONT, Duplex.LONG_EDGE).left_mm, 6.5)
        )
        assert min(page.getpixel((x + shift, y)) for shift in (-1, 0, 1)) < 128


def test_some_cards_alone_and_the_same_bytes_each_time(batch_file, faces):
    with opened((1, batch_file)) as source:
        first, second = (pages_for_printer(source, [6, 7, 8], Adjustment()) for _ in range(2))
    assert first == second
    assert_sound(first)
    backs = pictures(first)[1::2]
    assert [zxingcpp.read_barcode(back).text for back in backs] == [face.url for face in faces[5:8]]


def placed_text(pdf: bytes, text: str, page: int = 0) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of the first and last letters of a text on a page, in millimetres."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        words = document[page].get_textpage()
        start = words.get_text_range().index(text)
        first, last = words.get_charbox(start), words.get_charbox(start + len(text) - 1)
        return tuple(value / POINTS_A_MM for value in (first[0], first[1], last[2], last[3]))
    finally:
        document.close()


@pytest.mark.parametrize(
    "adjustment",
    [
        Adjustment(right_mm=0.7, down_mm=-0.4),
        Adjustment(scale_x=1.02, scale_y=0.99),
        Adjustment(right_mm=-1.25, down_mm=0.8, scale_x=0.985, scale_y=1.01),
    ],
)
def test_a_printers_values_move_what_is_printed_by_exactly_that(batch_file, faces, adjustment):
    serial = faces[2].serial
    with opened((1, batch_file)) as source:
        plain = pages_for_printer(source, [3], Adjustment())
        moved = pages_for_printer(source, [3], adjustment)
    for page in (0, 1):
        before, after = placed_text(plain, serial, page), placed_text(moved, serial, page)
        for at in (0, 2):
            middle = WIDTH_MM / 2
            meant = middle + (before[at] - middle) * adjustment.scale_x + adjustment.right_mm
            assert after[at] == pytest.approx(meant, abs=0.02)
        for at in (1, 3):
            middle = HEIGHT_MM / 2
            meant = middle + (before[at] - middle) * adjustment.scale_y - adjustment.down_mm
            assert after[at] == pytest.approx(meant, abs=0.02)


def test_a_moved_page_has_no_white_edge_and_keeps_its_boxes(batch_file):
    with opened((1, batch_file)) as source:
        pdf = pages_for_printer(source, [1], Adjustment(right_mm=0.4, down_mm=0.4))
    back = pictures(pdf)[1]
    assert back.getpixel((0, 0)) != (255, 255, 255)
    with pikepdf.open(BytesIO(pdf)) as document:
        trim = [float(edge) / POINTS_A_MM for edge in document.pages[0].trimbox]
        assert trim == pytest.approx([0, 0, 85.60, 53.98], abs=0.01)


def test_without_bleed_a_page_is_the_card_and_no_more(batch_file):
    with opened((1, batch_file)) as source:
        pdf = pages_for_printer(source, [1], Adjustment(bleed=False))
    with pikepdf.open(BytesIO(pdf)) as document:
        media = [float(edge) / POINTS_A_MM for edge in document.pages[0].mediabox]
    assert media == pytest.approx([0, 0, 85.60, 53.98], abs=0.01)


def test_backs_are_turned_for_a_printer_that_turns_them(batch_file, faces):
    with opened((1, batch_file)) as source:
        pdf = pages_for_printer(source, [1], Adjustment(back_upside_down=True))
    _front, back = pictures(pdf)
    upright = pictures(batch_file)[1]
    assert back.rotate(180).getpixel((300, 600)) == upright.getpixel((300, 600))
    found = zxingcpp.read_barcode(back)
    assert found.text == faces[0].url
    assert abs(found.orientation) == 180


def printed_by(printer: tuple[float, float, float, float], x: float, y: float) -> tuple[float, float]:
    """Where a printer that stretches about the middle and moves puts a point of its page."""
    stretch_x, stretch_y, right, down = printer
    return (
        WIDTH_MM / 2 + (x - WIDTH_MM / 2) * stretch_x + right,
        HEIGHT_MM / 2 + (y - HEIGHT_MM / 2) * stretch_y + down,
    )


@pytest.mark.parametrize("printer", [(1, 1, 0.6, -0.3), (1.01, 0.99, 0, 0), (0.99, 1.012, -1.1, 0.9)])
def test_the_measures_of_a_test_card_bring_its_lines_to_their_places(printer):
    left, top = printed_by(printer, FROM_EDGE_MM, FROM_EDGE_MM)
    right, bottom = printed_by(printer, FROM_EDGE_MM + ACROSS_MM, FROM_EDGE_MM + DOWN_MM)
    found = Measured(left, top, right - left, bottom - top).adjustment()
    matrix = found.matrix(Side.FRONT)
    for x, y in ((10, 10), (70, 40), (42.8, 26.99)):
        sent_x = (x * POINTS_A_MM * matrix[0] + matrix[4]) / POINTS_A_MM
        sent_y = HEIGHT_MM - ((HEIGHT_MM - y) * POINTS_A_MM * matrix[3] + matrix[5]) / POINTS_A_MM
        assert printed_by(printer, sent_x, sent_y) == pytest.approx((x, y), abs=0.02)


def dark_columns(picture, y_mm: float) -> list[float]:
    """Where a level line through a page meets something dark, in millimetres from the trimmed edge."""
    row = round((y_mm + BLEED_MM) * DPI / 25.4)
    grey = picture.convert("L")
    return [x * 25.4 / DPI - BLEED_MM for x in range(grey.width) if grey.getpixel((x, row)) < 160]


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_the_test_card_has_its_lines_where_they_are_to_be_measured(language):
    with translation.override(language):
        plain = ruler_card(name="Printer", adjustment=Adjustment())
        moved = ruler_card(name="Printer", adjustment=Adjustment(right_mm=1.5))
    assert_sound(plain)
    found = dark_columns(pictures(plain)[0], 7.5)
    assert min(abs(x - 10) for x in found) < 0.1
    assert min(abs(x - 70) for x in found) < 0.1
    shifted = dark_columns(pictures(moved)[0], 7.5)
    assert min(abs(x - 11.5) for x in shifted) < 0.1
    assert min(abs(x - 10) for x in shifted) > 0.5


def test_the_contact_sheet_shows_every_front_and_names_what_is_cut(batch_file):
    cards = [Shown(n, 1, n, Fitting.CUT if n == 3 else Fitting.WHOLE) for n in range(1, CARDS + 1)]
    with opened((1, batch_file)) as source:
        pdf = contact_sheets(source, cards, title="Batch", first_sheet=1, sheets_total=1)
    assert_sound(pdf)
    document = pypdfium2.PdfDocument(pdf)
    try:
        assert len(document) == 1
        text = document[0].get_textpage().get_text_range()
    finally:
        document.close()
    with pikepdf.open(BytesIO(pdf)) as opened_pdf:
        assert len(opened_pdf.pages[0].Resources.XObject) == CARDS + 1
    assert "SPECIMEN" in text or "11-0000001" in text


def test_a_batchs_chunks_and_its_one_file_give_the_same_pages(batch_file, tmp_path, faces):
    parts = [tmp_path / "1.pdf", tmp_path / "2.pdf"]
    parts[0].write_bytes(render_cards(faces[:7], bleed_mm=BLEED_MM))
    parts[1].write_bytes(render_cards(faces[7:], bleed_mm=BLEED_MM))
    with opened((1, batch_file)) as merged, opened((8, parts[1]), (1, parts[0])) as chunks:
        drawn = [
            pictures(pages_for_printer(one, range(6, 10), Adjustment()), dpi=72) for one in (merged, chunks)
        ]
    assert [page.tobytes() for page in drawn[0]] == [page.tobytes() for page in drawn[1]]
