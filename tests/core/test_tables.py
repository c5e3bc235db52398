"""Tables that people send: read as they meant them, and whatever was made to hurt refused in words."""

import io
import zipfile
from datetime import date

import pytest
import xlsxwriter
from django.core.exceptions import ValidationError

from core.tables.reading import read_table
from tests.factories.imports import csv_bytes, ods_bytes, xlsx_bytes

ROWS = [["Nom", "Prénom", "الاسم"], ["Tajribi", "=1+1", "محمد"]]


@pytest.fixture
def read(tmp_path):
    """`read(content)` gives the table and its rows."""

    def read_content(content: bytes, **options):
        path = tmp_path / "sent"
        path.write_bytes(content)
        table = read_table(path, **options)
        return table, list(table.rows)

    return read_content


@pytest.fixture
def refusal(read):
    """`refusal(content)` gives the code with which the content is refused."""

    def code_of(content: bytes) -> str:
        with pytest.raises(ValidationError) as refused:
            read(content)
        return refused.value.code

    return code_of


def cells(rows):
    return [texts for _line, texts in rows]


@pytest.mark.parametrize(
    ("content", "kind", "found"),
    [
        (xlsx_bytes([ROWS[0], ["Tajribi", "Ali", "محمد"]]), "xlsx", {}),
        (ods_bytes(ROWS), "ods", {}),
        (csv_bytes(ROWS), "csv", {"encoding": "utf-8-sig", "delimiter": ","}),
        (csv_bytes(ROWS, encoding="utf-8-sig", delimiter=";"), "csv", {"delimiter": ";"}),
        (csv_bytes(ROWS, encoding="cp1256", delimiter=";"), "csv", {"encoding": "cp1256"}),
        (csv_bytes(ROWS, encoding="cp1256", delimiter="\t"), "csv", {"delimiter": "\t"}),
        (csv_bytes(ROWS, encoding="utf-16"), "csv", {"encoding": "utf-16"}),
        (csv_bytes(ROWS, encoding="utf-16-le", delimiter="\t"), "csv", {"encoding": "utf-16-le"}),
        (csv_bytes(ROWS, encoding="utf-16-be", delimiter=";"), "csv", {"encoding": "utf-16-be"}),
        (csv_bytes(ROWS, delimiter="|"), "csv", {"delimiter": "|"}),
        (csv_bytes(ROWS).replace(b"\r\n", b"\n"), "csv", {}),
        (csv_bytes(ROWS).replace(b"\r\n", b"\r"), "csv", {}),
        (b"sep=;\r\n" + csv_bytes(ROWS, delimiter=";"), "csv", {"delimiter": ";"}),
    ],
)
def test_what_people_send_is_read(read, content, kind, found):
    table, rows = read(content)
    assert (table.kind, cells(rows)[0]) == (kind, ROWS[0])
    assert cells(rows)[1][::2] == ROWS[1][::2]
    assert table.found.items() >= found.items()


def test_french_written_before_unicode_is_read_too(read):
    assert cells(read("Nom;Prénom\nZéroual;Aïcha\n".encode("cp1252"))[1])[1] == ["Zéroual", "Aïcha"]


def test_a_file_cut_in_the_middle_of_a_letter_is_still_unicode(read):
    content = csv_bytes([["الاسم"], *[["محمد"]] * 20])
    cut = content[: content.rindex("د".encode()) + 1]
    table, rows = read(cut)
    assert (table.found["encoding"], cells(rows)[0], cells(rows)[-1]) == (
        "utf-8-sig",
        ["الاسم"],
        ["محم\ufffd"],
    )


def test_a_cell_is_what_a_person_would_type(read):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(2, 1, ["zero", "number", "day", "formula", "true", "text"])
        sheet.write_number(4, 1, 0)
        sheet.write_number(4, 2, 612345678)
        sheet.write_datetime(4, 3, date(1980, 5, 17), day)
        sheet.write_formula(4, 4, "=1+1", None, 2)
        sheet.write_boolean(4, 5, True)
        sheet.write_string(4, 6, "00612")
    table, rows = read(out.getvalue())
    assert table.found["first_column"] == 1
    assert list(rows[1]) == [5, ["0", "612345678", "1980-05-17", "2", "1", "00612"]]


def test_sheets_are_told_and_hidden_ones_passed_over(read):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        hidden, first, second = (book.add_worksheet(name) for name in ("caché", "un", "deux"))
        for sheet, word in ((hidden, "h"), (first, "a"), (second, "b")):
            sheet.write_string(0, 0, word)
        first.activate()
        hidden.hide()
    table, rows = read(out.getvalue())
    assert (table.found["sheets"], table.sheet, cells(rows)) == (["un", "deux"], "un", [["a"]])
    assert cells(read(out.getvalue(), sheet="deux")[1]) == [["b"]]


def test_null_bytes_in_a_csv_are_no_text(read, refusal):
    assert refusal(b"a,b\0\n1,2\n") == "kind"
    late = b"a,b\n" + b"1,2\n" * 2000 + b"3\0,4\n"
    assert cells(read(late)[1])[-1] == ["3", "4"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<html><body><table><tr><td>CIN</td></tr></table></body></html>", "markup"),
        (b'\xef\xbb\xbf\n<?xml version="1.0"?><Workbook><Worksheet/></Workbook>', "markup"),
        (b"%PDF-1.4\n1 0 obj\n" + b"x" * 5000, "kind"),
        (b"{\\rtf1\\ansi CIN}", "kind"),
        (b'[{"cin": "ZX1"}]', "kind"),
        (b"PK\x05\x06" + bytes(18), "kind"),
    ],
)
def test_text_that_is_no_table_is_refused(refusal, content, code):
    assert refusal(content) == code


def test_rows_of_blanks_are_left_out(read):
    content = xlsx_bytes([ROWS[0], [" ", "  ", "\u00a0"], ["Tajribi", "Ali", "محمد"]])
    assert [line for line, _texts in read(content)[1]] == [1, 3]


def test_a_heading_may_stand_twice(read):
    assert cells(read(b"Nom,Nom,\nA,B,C\n")[1]) == [["Nom", "Nom", ""], ["A", "B", "C"]]


def rezipped(content: bytes, changed: dict[str, bytes]) -> bytes:
    """An archive with some files put in the place of others, or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in {*old.namelist(), *changed}:
            new.writestr(name, changed[name] if name in changed else old.read(name))
    return out.getvalue()


def sheet_with(cell: str) -> bytes:
    names = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    sheet = f'<?xml version="1.0"?><worksheet {names}><sheetData>{cell}</sheetData></worksheet>'
    return rezipped(xlsx_bytes(ROWS), {"xl/worksheets/sheet1.xml": sheet.encode()})


def laughs() -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(10))
    strings = f'<?xml version="1.0"?><!DOCTYPE sst [{entities}]><sst><si><t>&l9;</t></si></sst>'
    return rezipped(xlsx_bytes(ROWS), {"xl/sharedStrings.xml": strings.encode()})


def locked_ods() -> bytes:
    return rezipped(ods_bytes(ROWS), {"content.xml": bytes(range(256)) * 8})


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old_excel"),
        (b"%PDF-1.7\n\0\0", "kind"),
        (b"\x89PNG\r\n\x1a\n\0\0", "kind"),
        (xlsx_bytes(ROWS)[:900], "broken"),
        (xlsx_bytes(ROWS)[:-30], "broken"),
        (rezipped(xlsx_bytes(ROWS), {"xl/workbook.xml": b"<not"}), "unreadable"),
        (rezipped(xlsx_bytes(ROWS), {"../../etc/cron.d/x": b"x"}), "path"),
        (rezipped(xlsx_bytes(ROWS), {"xl/media/bomb.xml": bytes(30_000_000)}), "bomb"),
        (sheet_with('<row r="1"><c r="BXZQ1"><v>1</v></c></row>'), "too_wide"),
        (sheet_with('<row r="1"><c r="XFD1"><v>1</v></c></row>'), "too_wide"),
        (sheet_with('<row r="1048576"><c r="A1048576"><v>1</v></c></row>'), "too_wide"),
        (locked_ods(), "unreadable"),
        (b'a,b\n1,"2\n' + b"x" * 200_000, "csv"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(refusal, content, code):
    assert refusal(content) == code


def test_a_document_of_another_kind_is_no_table(refusal):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert refusal(out.getvalue()) == "kind"


def test_entities_are_not_expanded(read):
    try:
        _table, rows = read(laughs())
    except ValidationError as refused:
        assert refused.code == "unreadable"
    else:
        assert all(len(text) < 100 for texts in cells(rows) for text in texts)


def test_a_reader_that_is_fed_to_death_dies_alone(refusal, settings):
    settings.IMPORT_READER_BYTES = 40 * 1024 * 1024
    many = [[f"valeur {number} {place}" for place in range(20)] for number in range(30_000)]
    assert refusal(xlsx_bytes(many)) == "unreadable"
