"""The first step: the file is read whole, and its rows laid into chunks."""

from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.utils.translation import gettext_lazy as _

from core import bulk
from core.tables.reading import read_table
from registry.enums import ImportState
from registry.imports import columns
from registry.imports.packing import pack
from registry.models import ImportChunk, ImportJob

# The header may stand below a title and a date.
HEADER_WITHIN = 10
SAMPLES = 3


def receive(job: ImportJob) -> None:
    """Read the file into chunks and propose what each column is; the caller holds the job's lock.

    Raises:
        ValidationError: not a file that can be read, without rows, or with too many.
    """
    job.chunks.all().delete()
    table = read_table(Path(default_storage.path(job.file.name)), sheet=job.sheet)
    first = list(islice(table.rows, HEADER_WITHIN))
    if not first:
        raise ValidationError(_("The sheet is empty."), code="empty")
    header_at = columns.header_of(first)
    header = first[header_at][1]
    if max(len(cells) for _line, cells in first) > settings.IMPORT_MAX_COLUMNS:
        raise ValidationError(
            _("The sheet is too wide or too long: at most %(columns)s columns."),
            code="too_wide",
            params={"columns": settings.IMPORT_MAX_COLUMNS},
        )
    body = chain(first[header_at + 1 :], table.rows)
    total = 0
    for number, rows in enumerate(_blocks(body, settings.IMPORT_ROWS_PER_CHUNK), start=1):
        total += len(rows)
        if total > settings.IMPORT_MAX_ROWS:
            raise ValidationError(
                _("The file has too many rows: at most %(most)s."),
                code="too_many_rows",
                params={"most": settings.IMPORT_MAX_ROWS},
            )
        bulk.insert(ImportChunk, [ImportChunk(job=job, number=number, size=len(rows), rows=pack(rows))])
        if number == 1:
            job.samples = [cells for _line, cells in rows[:SAMPLES]]
    if not total:
        raise ValidationError(_("There is no row below the header."), code="no_rows")
    job.rows_total, job.header = total, header
    job.file_kind, job.found, job.sheet = table.kind, table.found, table.sheet[:120]
    job.mapping = columns.match(header)
    job.state = ImportState.COLUMNS


def _blocks(rows: Iterator, size: int) -> Iterator[list]:
    while block := list(islice(rows, size)):
        yield block
