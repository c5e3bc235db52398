"""Rows of an export put into a file."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import chain
from pathlib import Path

from django.utils import timezone
from django.utils.translation import get_language, get_language_bidi

from core.papers import LANGUAGES, issuer, render_paper
from core.spreadsheets import csv_lines, write_workbook
from registry.enums import ExportFormat
from registry.exports.columns import Column, Value
from registry.models import ExportJob

# More stand side by side on a lying A4 sheet only in letters that nobody reads.
MOST_PDF_COLUMNS = 9
# Telephones and numbers of people are shorter; so long a text may go on over lines.
MOST_WHOLE = 18
_LONG_WORD = re.compile(r"\S{30}(?=\S)")
_STYLE = Path(__file__).with_name("list_paper.css")


def write(job: ExportJob, path: Path, columns: Sequence[Column], rows: Iterable[Sequence[Value]]) -> None:
    """Write the file; `rows` is walked once. In the language that is active."""
    header = [str(column.label) for column in columns]
    if job.format == ExportFormat.CSV:
        with path.open("w", encoding="utf-8", newline="") as file:
            file.writelines(csv_lines(chain([header], rows)))
    elif job.format == ExportFormat.XLSX:
        write_workbook(path, header, rows, sheet=job.get_listing_display(), right_to_left=get_language_bidi())
    else:
        path.write_bytes(_paper(job, header, list(rows)))


def _paper(job: ExportJob, header: list[str], rows: list[Sequence[Value]]) -> bytes:
    language = get_language() or ""
    return render_paper(
        "registry/pdf/list.html",
        chamber=issuer(job.created_by.region),
        dated=timezone.localdate(),
        language=language if language in LANGUAGES else "ar",
        signed=False,
        context={
            "title": job.get_listing_display(),
            "header": header,
            "rows": [[_printed(value) for value in row] for row in rows],
            "filters": job.filters,
            "taken_by": job.created_by,
        },
        files={"list.css": _STYLE},
    )


def _printed(value: Value) -> dict:
    """A cell as it is printed: whether it is read from left to right in any language, and on one line."""
    if isinstance(value, date):
        return {"text": f"{value:%d/%m/%Y}", "ltr": True, "whole": True}
    text = value or ""
    is_number = text.isascii() and any(map(str.isdigit, text))
    return {
        # A word that is never broken would push the other columns together and itself off the sheet.
        "text": _LONG_WORD.sub("\\g<0>\u200b", text),
        "ltr": is_number,
        "whole": is_number and len(text) <= MOST_WHOLE,
    }
