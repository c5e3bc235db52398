"""Lists of crafts as they are sent: good, wrong by line and column, hostile."""

import io
import zipfile

import pytest
import xlsxwriter
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from registry import craft_files
from registry.craft_files import read_craft_file
from tests.factories.crafts import HEADING, csv_upload

pytestmark = pytest.mark.usefixtures("in_english")
GOOD = "P,الإنتاج,Production,P01,الألبسة,Habillement,P01-01,الخياطة,Couture"
OTHER = "P,الإنتاج,Production,P01,الألبسة,Habillement,P01-02,القفطان,Caftan"


def refused(upload) -> str:
    with pytest.raises(ValidationError) as told:
        read_craft_file(upload)
    return told.value.code


def workbook(*lines: list) -> ContentFile:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        for number, line in enumerate(lines):
            sheet.write_row(number, 0, line)
    return ContentFile(out.getvalue(), name="crafts.xlsx")


def test_a_good_file_is_read():
    read = read_craft_file(csv_upload(GOOD, OTHER))
    assert (read.errors, [row.craft_code for row in read.rows]) == ([], ["P01-01", "P01-02"])


def test_windows_1256_and_semicolons_are_read_as_excel_writes_them():
    upload = csv_upload(GOOD.replace(",", ";"), heading=HEADING.replace(",", ";"), encoding="windows-1256")
    assert read_craft_file(upload).rows[0].craft_ar == "الخياطة"


def test_headings_may_be_arabic_or_french_and_in_any_order():
    heading = "الحرفة,Métier,Code métier,الفرع,Branche,Code branche,الصنف,Classe,Code classe"
    upload = csv_upload("الخياطة,Couture,1,الألبسة,Habillement,P01,الإنتاج,Production,P", heading=heading)
    row = read_craft_file(upload).rows[0]
    assert (row.craft_ar, row.craft_code, row.branch_code, row.class_fr) == (
        "الخياطة",
        "1",
        "P01",
        "Production",
    )


def test_a_workbook_is_read_and_whole_numbers_stay_whole():
    line = GOOD.split(",")
    line[6] = 101
    read = read_craft_file(workbook(HEADING.split(","), line))
    assert (read.errors, read.rows[0].craft_code) == ([], "101")


def test_errors_are_told_by_line_and_column():
    nameless = GOOD.replace("الخياطة", "").replace("P01-01", "P01-03")
    latin = GOOD.replace("الخياطة", "Khiata").replace("P01-01", "P01-04")
    other_branch = GOOD.replace("Habillement", "Vêtements").replace("P01-01,الخياطة", "P01-05,الجلابة")
    read = read_craft_file(csv_upload(GOOD, GOOD, nameless, latin, "", other_branch))
    told = {(error.line, error.column) for error in read.errors}
    assert told == {(3, "craft_code"), (3, "craft_ar"), (4, "craft_ar"), (5, "craft_ar"), (7, "branch_ar")}


def test_a_cell_that_is_too_long_is_told():
    read = read_craft_file(csv_upload(GOOD.replace("P01-01", "X" * 13)))
    assert [(error.line, error.column) for error in read.errors] == [(2, "craft_code")]


def test_a_missing_column_is_named():
    with pytest.raises(ValidationError, match="craft_fr"):
        read_craft_file(csv_upload(GOOD, heading=HEADING.removesuffix(",craft_fr")))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"\n\n", "empty"),
        (HEADING.encode(), "empty"),
        (b"PK\x03\x04 no zip at all", "broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 no workbook", "old_excel"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "kind"),
        (b"x" * (craft_files.MAX_BYTES + 1), "too_large"),
    ],
    ids=["empty", "blank lines", "heading only", "no zip", "old workbook", "picture", "large"],
)
def test_what_is_no_list_is_refused_in_words(content, code):
    assert refused(ContentFile(content, name="x")) == code


def test_a_file_that_unpacks_to_much_is_refused_before_it_is_unpacked():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b" " * 40_000_000)
    assert refused(ContentFile(out.getvalue(), name="bomb.xlsx")) == "bomb"


def test_a_cell_far_out_fills_no_memory():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet().write("XFD1048576", "x")
    assert refused(ContentFile(out.getvalue(), name="far.xlsx")) == "too_wide"


def test_too_many_lines_are_refused(monkeypatch):
    monkeypatch.setattr(craft_files, "MAX_ROWS", 2)
    assert refused(csv_upload(GOOD, OTHER, GOOD)) == "too_long"
