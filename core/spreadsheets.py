"""Tables written for spreadsheets, so that nothing in them is taken for a formula."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO

import xlsxwriter

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV_TYPE = "text/csv; charset=utf-8"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
MOST_WIDTH = 40
# A sheet has no more; the header takes one of them.
MOST_LINES = 1_048_575


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


def plain(text: str) -> str:
    """What stood there before `neutral`, where a file of ours is sent back."""
    return text[1:] if text[:1] == "'" and text[1:].startswith(_FORMULA_STARTS) else text


def write_workbook(
    out: Path | BinaryIO,
    header: Sequence[object],
    rows: Iterable[Sequence[object]],
    *,
    sheet: str,
    right_to_left: bool,
) -> None:
    """The rows as XLSX, each put down before the next is asked for; on further sheets where one is full."""
    rows = iter(rows)
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as book:
        bold = book.add_format({"bold": True})
        day = book.add_format({"num_format": "dd/mm/yyyy", "align": "center"})
        number = 1
        first: Iterator[Sequence[object]] = iter(())
        while True:
            page = book.add_worksheet(sheet[:31] if number == 1 else f"{sheet[:26]} {number}")
            if right_to_left:
                page.right_to_left()
            page.freeze_panes(1, 0)
            for place, name in enumerate(header):
                page.set_column(place, place, min(MOST_WIDTH, max(12, len(str(name)) + 2)))
                page.write_string(0, place, neutral(name), bold)
            for line, row in enumerate(chain(first, islice(rows, MOST_LINES - (number > 1))), start=1):
                for place, value in enumerate(row):
                    if isinstance(value, date):
                        page.write_datetime(line, place, value, day)
                    else:
                        # As text, whatever it begins with.
                        page.write_string(line, place, neutral(value))
            if (more := next(rows, None)) is None:
                return
            first, number = iter([more]), number + 1


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text
