"""Rows of text out of a file that somebody sent: XLSX, ODS or CSV, told by content and never by name.

Formulas are read as the value that was last worked out. Memory does not grow with the file: a workbook is
read in a process of its own (see `workbook`), a CSV line by line.
"""

import codecs
import csv
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.tables import workbook
from core.tables.archives import ZIP_MAGIC, check_archive

XLSX, ODS, CSV = "xlsx", "ods", "csv"
DELIMITERS = ",;\t|"
_ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Text, or what looks like it for a while, that is no table: PDF, RTF, archives, pictures, JSON.
_NO_TABLES = (
    b"%PDF-",
    b"{\\rtf",
    b"\x1f\x8b",
    b"Rar!",
    b"7z\xbc\xaf",
    b"PK\x05\x06",
    b"\xff\xd8\xff",
    b"\x89PNG",
    b"[{",
    b'{"',
)
# What other systems call Excel and is a page with a table in it.
_MARKUP = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|\?xml|!--|html|head|body|meta|style|table|div)\b", re.IGNORECASE
)
_SAID = re.compile(r"sep=([,;\t|])\r?\n", re.IGNORECASE)
_BLOCK = 1 << 20
# A cell far out makes a reader set aside room for all that lies before it. These are columns beyond CV and
# rows from a million on; ODS says how often a cell is repeated instead.
# Beginning with letters as they stand, it is searched for several times as fast as from a boundary on.
_FAR_CELL = re.compile(rb"""r=["'](?<!\wr=["'])(?:(?:C[W-Z]|[D-Z][A-Z]|[A-Z]{3,})\d|[A-Z]*\d{7})""")
_FAR_REPEAT = re.compile(rb"""number-columns-repeated=["']\d{6}""")
_READER = Path(workbook.__file__)


@dataclass
class Table:
    """What a file turned out to be. `rows` gives (line, cells) and can be walked once."""

    kind: str
    rows: Iterator[tuple[int, list[str]]]
    sheet: str = ""
    found: dict = field(default_factory=dict)


def kind_of(path: Path) -> str:
    """XLSX, ODS or CSV, by content.

    Raises:
        ValidationError: something else, damaged, or larger than it says.
    """
    with path.open("rb") as file:
        start = file.read(4096)
    if not start:
        raise ValidationError(_("The file is empty."), code="file_empty")
    if start.startswith(_OLD_EXCEL):
        raise ValidationError(
            _("This is an old or locked Excel file. Save it as XLSX without a password, or as CSV."),
            code="old_excel",
        )
    if _MARKUP.match(start):
        raise ValidationError(
            _("This is a web page under another name. Open it in a spreadsheet and save it as XLSX."),
            code="markup",
        )
    if start.startswith(_NO_TABLES):
        raise _unknown()
    if not start.startswith(ZIP_MAGIC):
        if b"\0" in start and not _utf16(start):
            raise _unknown()
        return CSV
    names = set(check_archive(path))
    with zipfile.ZipFile(path) as archive:
        if "xl/workbook.xml" in names:
            return XLSX
        if "content.xml" in names and "mimetype" in names and archive.read("mimetype").strip() == _ODS_TYPE:
            return ODS
    raise _unknown()


def read_table(path: Path, *, sheet: str = "") -> Table:
    """The rows of a file's first sheet, or of the one named.

    Raises:
        ValidationError: also while the rows are walked.
    """
    kind = kind_of(path)
    return _read_csv(path) if kind == CSV else _read_workbook(path, kind, sheet)


def _read_workbook(path: Path, kind: str, sheet: str) -> Table:
    command = [
        sys.executable,
        str(_READER),
        str(path),
        sheet,
        str(settings.IMPORT_READER_BYTES),
        str(settings.IMPORT_READER_SECONDS),
    ]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    try:
        # While the reader, whose memory has its limit, opens the workbook.
        _refuse_far_cells(path, kind)
        first = process.stdout.readline()
        if not first:
            raise _unreadable()
    except BaseException:
        _end(process)
        raise
    found = json.loads(first)
    return Table(kind, _lines(process), sheet=found.pop("sheet"), found=found)


def _lines(process: subprocess.Popen) -> Iterator[tuple[int, list[str]]]:
    try:
        for line in process.stdout:
            yield json.loads(line)
        if process.wait() != 0:
            raise _unreadable()
    finally:
        _end(process)


def _end(process: subprocess.Popen) -> None:
    process.kill()
    process.stdout.close()
    process.wait()


def _refuse_far_cells(path: Path, kind: str) -> None:
    far = _FAR_CELL if kind == XLSX else _FAR_REPEAT
    with zipfile.ZipFile(path) as archive:
        for entry in archive.infolist():
            if not entry.filename.endswith(".xml") or "sharedStrings" in entry.filename:
                continue
            try:
                with archive.open(entry) as file:
                    kept = b""
                    while block := file.read(_BLOCK):
                        window = kept + block
                        if far.search(window):
                            raise ValidationError(
                                _("The sheet is too wide or too long: at most %(columns)s columns."),
                                code="too_wide",
                                params={"columns": settings.IMPORT_MAX_COLUMNS},
                            )
                        kept = window[-200:]
            except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError) as error:
                raise _unreadable() from error


def _read_csv(path: Path) -> Table:
    encoding = _encoding(path)
    with path.open(encoding=encoding, newline="", errors="replace") as file:
        sample = file.read(65536)
    # Some programs say in a line of its own what stands between the columns.
    said = _SAID.match(sample)
    delimiter = said[1] if said else sniff_delimiter(sample)
    return Table(
        CSV,
        _csv_rows(path, encoding, delimiter, skipped=1 if said else 0),
        found={"encoding": encoding, "delimiter": delimiter},
    )


def _encoding(path: Path) -> str:
    """UTF-8 where the bytes are, but for a few; else Windows-1256, in which Arabic was written before."""
    with path.open("rb") as file:
        if wide := _utf16(file.read(4096)):
            return wide
        file.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8-sig")(errors="replace")
        letters = broken = 0
        while block := file.read(_BLOCK):
            text = decoder.decode(block, final=len(block) < _BLOCK)
            if not text.isascii():
                letters += len(text) - len(text.encode("ascii", "ignore"))
                broken += text.count("\ufffd")
    # A file that was cut in the middle of a letter is still what it was.
    return "utf-8-sig" if broken * 20 <= letters else "cp1256"


def _utf16(start: bytes) -> str:
    """Which UTF-16 it is, empty for none: by its mark, else by the half of each letter that is nought."""
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    first, second = start[::2].count(0), start[1::2].count(0)
    if second > 10 * first + 10:
        return "utf-16-le"
    return "utf-16-be" if first > 10 * second + 10 else ""


def sniff_delimiter(sample: str) -> str:
    """Comma, semicolon or tab: the one that cuts the first lines into the most columns, all alike."""
    best, best_score = DELIMITERS[0], 0.0
    for delimiter in DELIMITERS:
        widths = []
        try:
            for row in csv.reader(sample.splitlines()[:20], delimiter=delimiter):
                if row:
                    widths.append(len(row))
        except csv.Error:
            continue
        if not widths:
            continue
        usual = max(set(widths), key=widths.count)
        score = (usual - 1) * widths.count(usual) / len(widths)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _csv_rows(
    path: Path, encoding: str, delimiter: str, *, skipped: int = 0
) -> Iterator[tuple[int, list[str]]]:
    with path.open(encoding=encoding, newline="", errors="replace") as file:
        reader = csv.reader(file, delimiter=delimiter)
        line = 1
        try:
            for row in reader:
                cells = [cell.replace("\0", "")[: workbook.MOST_CHARACTERS].strip() for cell in row]
                if any(cells) and line > skipped:
                    yield line, cells
                line = reader.line_num + 1
        except csv.Error as error:
            raise ValidationError(
                _("Line %(line)s cannot be read: a quotation mark is not closed, or the line is too long."),
                code="csv",
                params={"line": line},
            ) from error


def _unknown() -> ValidationError:
    return ValidationError(_("Send an XLSX, ODS or CSV file."), code="kind")


def _unreadable() -> ValidationError:
    return ValidationError(
        _("The file cannot be read: it is damaged, locked or too large. Save it again as XLSX or CSV."),
        code="unreadable",
    )
