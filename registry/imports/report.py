"""What an import says of its rows: in the page, and as a file to mend the source by."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from registry.enums import RowOutcome
from registry.imports.columns import BY_FIELD, letter
from registry.imports.matching import Why
from registry.imports.notes import Note
from registry.models import ImportJob, ImportRow

REPORTED = (RowOutcome.ERROR, RowOutcome.REVIEW, RowOutcome.SKIP)


def header() -> list[str]:
    return [_("Line"), _("Column"), _("Heading"), _("What became of it"), _("Value"), _("Message")]


def lines(job: ImportJob) -> Iterator[list[str]]:
    """One line a fault, in the order of the file; in the reader's language."""
    for row in job.rows.filter(outcome__in=REPORTED).order_by("line").iterator(chunk_size=2000):
        outcome = str(RowOutcome(row.outcome).label)
        found = faults(job, row)
        for fault in found:
            yield [
                str(row.line),
                fault["column"],
                fault["heading"],
                outcome,
                fault["given"],
                fault["text"],
            ]
        if not found:
            yield [str(row.line), "", "", outcome, "", ""]


def faults(job: ImportJob, row: ImportRow) -> list[dict[str, str]]:
    """What is wrong with a row, column after column, each as the file has it."""
    found = []
    notes = [Note(*kept) for kept in row.notes]
    for one in sorted(notes, key=lambda one: job.mapping.get(one.field, len(job.header))):
        position = job.mapping.get(one.field)
        label = BY_FIELD[one.field].label if one.field in BY_FIELD else ""
        heading = job.header[position] if position is not None else label
        place = letter(job.found.get("first_column", 0) + position) if position is not None else ""
        found.append({"column": place, "heading": str(heading), "given": one.given, "text": one.text})
    if row.outcome == RowOutcome.REVIEW:
        for why in dict.fromkeys(why for _key, why in row.candidates):
            found.append({"column": "", "heading": "", "given": "", "text": str(Why(why).label)})
    return found
