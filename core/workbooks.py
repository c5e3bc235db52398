"""Figures as a workbook: a sheet a table, read in the direction of the language, numbers as numbers."""

from collections.abc import Iterable, Sequence
from io import BytesIO

import xlsxwriter
from django.utils.translation import get_language_bidi

from core.figures import Percent, Section, Value

_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


def workbook(sections: Iterable[Section], *, title: str, notes: Sequence[str]) -> bytes:
    """The XLSX of these sections, `title` and `notes` above each table.

    Words are written as words: no cell of ours is ever a formula.
    """
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        looks = {
            "title": book.add_format({"bold": True, "font_size": 14, "font_color": "#0b5d4a"}),
            "note": book.add_format({"font_color": "#635b52"}),
            "head": book.add_format({"bold": True, "bg_color": "#e9f2ee", "bottom": 1, "text_wrap": True}),
            "number": book.add_format({"num_format": "#,##0"}),
            "decimal": book.add_format({"num_format": "0.0"}),
            "percent": book.add_format({"num_format": "0%"}),
        }
        taken: set[str] = set()
        for section in sections:
            sheet = book.add_worksheet(_sheet_name(section.title, taken))
            if get_language_bidi():
                sheet.right_to_left()
            _write(sheet, section, [f"{title} – {section.title}", *notes, section.note], looks)
    return out.getvalue()


def _write(sheet, section: Section, above: Sequence[str], looks: dict) -> None:
    for row, words in enumerate(above):
        sheet.write_string(row, 0, words, looks["note" if row else "title"])
    head = len(above) + 1
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, max(len(section.table.headers) - 1, 1), 18)
    for column, header in enumerate(section.table.headers):
        sheet.write_string(head, column, header, looks["head"])
    for row, values in enumerate(section.table.rows, start=head + 1):
        for column, value in enumerate(values):
            _write_value(sheet, row, column, value, looks)
    sheet.freeze_panes(head + 1, 1)


def _write_value(sheet, row: int, column: int, value: Value, looks: dict) -> None:
    if isinstance(value, Percent):
        sheet.write_number(row, column, value.value / 100, looks["percent"])
    elif isinstance(value, float):
        sheet.write_number(row, column, value, looks["decimal"])
    elif isinstance(value, int):
        sheet.write_number(row, column, value, looks["number"])
    elif value is not None:
        sheet.write_string(row, column, value)


def _sheet_name(title: str, taken: set[str]) -> str:
    """At most 31 signs, none of those that Excel keeps for itself, and no name twice."""
    name = title.translate(_FORBIDDEN).strip("' ")[:31].strip()
    if name.casefold() in taken:
        name = f"{name[:28].strip()} {len(taken)}"
    taken.add(name.casefold())
    return name
