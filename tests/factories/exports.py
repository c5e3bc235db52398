"""Lists asked for as files, and the files made and read again."""

import csv
import io
from collections.abc import Sequence

from django.http import QueryDict

from core.roles import Role
from registry.actions.exports import ask_export
from registry.enums import ExportFormat, ExportState, Listing
from registry.exports import work
from registry.exports.lists import LISTS
from registry.models import ExportJob
from tests.factories.core import UserFactory


def asked(
    by=None,
    *,
    columns: Sequence[str],
    listing: Listing = Listing.REGISTRANTS,
    format: ExportFormat = ExportFormat.CSV,
    query: str = "",
    language: str = "fr",
) -> ExportJob:
    """A file that is asked for and not written yet."""
    by = by or UserFactory(roles=[Role.REGISTRAR])
    return ask_export(
        asked=LISTS[listing](QueryDict(query), by), columns=columns, format=format, language=language, by=by
    )


def made(*arguments, **options) -> ExportJob:
    """The same, written."""
    job = asked(*arguments, **options)
    work.work_on(job.pk)
    job.refresh_from_db()
    assert job.state == ExportState.DONE, job.last_error
    return job


def csv_rows(job: ExportJob) -> list[list[str]]:
    with job.file.open("rb") as file:
        return list(csv.reader(io.StringIO(file.read().decode("utf-8-sig"))))
