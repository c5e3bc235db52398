"""Tables written for spreadsheets, so that nothing in them is taken for a formula."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO

import xlsxwriter

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV_TYPE = "text/csv; charset=utf-8"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
# Where the list separator is not ours, as in French settings, a program cuts the line at these and takes
# what follows for a cell of its own. Quotation marks do not keep it from that.
_CUT = re.compile(r"([;|\t\r\n]\s*)(?=[=+\-@])")
_CUT_NEUTRAL = re.compile(r"([;|\t\r\n]\s*)'(?=[=+\-@])")
MOST_WIDTH = 40
# A sheet has no more; the header takes one of them.
MOST_LINES = 1_048_575


def neutral(value: object) -> str:
    """The value as text that a spreadsheet shows and does not work out."""
    text = "" if value is None else str(value)
    return f"'{text}" if _is_formula(text) else text


def csv_lines(rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The rows as CSV, one line after the other; with the mark by which Excel knows UTF-8."""
    writer = csv.writer(_Echo())
    yield "\ufeff"
    for row in rows:
        yield writer.writerow([_CUT.sub(r"\1'", neutral(value)) for value in row])


def plain(text: str) -> str:
    """What stood there before we made it neutral, where a file of ours is sent back."""
    whole = text[1:] if text[:1] == "'" and _is_formula(text[1:]) else text
    return _CUT_NEUTRAL.sub(r"\1", whole) if "'" in whole else whole


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


def _is_formula(text: str) -> bool:
    # Some programs pass over spaces before the sign.
    return text.lstrip(" ").startswith(_FORMULA_STARTS)


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text
