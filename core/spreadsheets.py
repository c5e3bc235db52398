"""Tables written for spreadsheets, so that nothing in them is taken for a formula."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

import xlsxwriter

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV_TYPE = "text/csv; charset=utf-8"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
MOST_WIDTH = 40


def neutral(value: object) -> str:
    """The value as text that a spreadsheet shows and does not work out."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def csv_lines(rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The rows as CSV, one line after the other; with the mark by which Excel knows UTF-8."""
    writer = csv.writer(_Echo())
    yield "\ufeff"
    for row in rows:
        yield writer.writerow([neutral(value) for value in row])


def write_workbook(
    out: Path | BinaryIO,
    header: Sequence[object],
    rows: Iterable[Sequence[object]],
    *,
    sheet: str,
    right_to_left: bool,
) -> None:
    """The rows as XLSX, each put down before the next is asked for."""
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as book:
        page = book.add_worksheet(sheet[:31])
        if right_to_left:
            page.right_to_left()
        bold = book.add_format({"bold": True})
        for place, name in enumerate(header):
            page.set_column(place, place, min(MOST_WIDTH, max(12, len(str(name)) + 2)))
            page.write_string(0, place, neutral(name), bold)
        for line, row in enumerate(rows, start=1):
            for place, value in enumerate(row):
                # As text, whatever it begins with.
                page.write_string(line, place, neutral(value))
        page.freeze_panes(1, 0)


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text
