"""The dry run: what each row would do. Nothing of the register is written."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext_lazy as _

from core import bulk
from registry.enums import ACTIVE_STATES, PERSON_KINDS, ChunkStep, Kind, NewPeople, RowOutcome
from registry.imports import people
from registry.imports.matching import Match, match
from registry.imports.notes import Note, note
from registry.imports.packing import unpack
from registry.imports.rows import Row, RowReader, complete, qualification_notes
from registry.imports.vocabulary import Vocabulary
from registry.models import ImportChunk, ImportJob, ImportRow, Registrant

KEYS = ("nia", "national_id")
_COLUMNS = (
    "job",
    "chunk",
    "line",
    "outcome",
    "registrant_key",
    "person_key",
    "number_key",
    "awaits",
    "values",
    "notes",
    "candidates",
    "decided_by",
)
# A row whose number was met on an earlier line of the same file.
_REPEATED = """
    UPDATE registry_importrow AS row
    SET outcome = 'error', notes = jsonb_build_array(jsonb_build_array(
        %(field)s::text, %(message)s::text, jsonb_build_object('line', earlier.line), ''))
    FROM (
        SELECT id, first_value(line) OVER (PARTITION BY {key} ORDER BY line) AS line,
               row_number() OVER (PARTITION BY {key} ORDER BY line) AS place
        FROM registry_importrow
        WHERE job_id = %(job)s AND {key} <> '' AND outcome <> 'error'
    ) AS earlier
    WHERE row.id = earlier.id AND earlier.place > 1
"""
_SAME_PERSON = _("The same person stands on line %(line)s already.")
NO_SUPERVISOR = _("Nobody on the register, or entered by this file, has this number.")
# Of those who wait for a supervisor, whose number no person entered by this file has.
_WITHOUT_SUPERVISOR = """
    UPDATE registry_importrow AS row
    SET outcome = 'error', notes = jsonb_build_array(jsonb_build_array(
        'supervisor', %(message)s::text, '{}'::jsonb, row.awaits))
    WHERE job_id = %(job)s AND awaits <> '' AND outcome <> 'error' AND NOT EXISTS (
        SELECT FROM registry_importrow AS other
        WHERE other.job_id = %(job)s AND other.number_key = row.awaits AND other.outcome = 'create'
          AND other.person_key <> '')
"""


@lru_cache(maxsize=1)
def vocabulary_of(_job_id: int, _started: object) -> Vocabulary:
    """Read once for all the chunks of one run."""
    return Vocabulary()


def check_chunk(job: ImportJob, chunk: ImportChunk) -> None:
    """Say of each row of a chunk what it would do."""
    reader = RowReader(
        job.mapping, region=job.region_id, vocabulary=vocabulary_of(job.pk, job.step_started_at)
    )
    rows = [reader.read(line, cells) for line, cells in unpack(chunk.rows)]
    supervisors = _resolve_supervisors(rows, job.region_id)
    found = match([row for row in rows if not row.wrong(*KEYS)], region=job.region_id)
    on_file = people.snapshots(
        {one.key for one in found.values() if one.key}, evidence=bool(job.update_fields)
    )
    bulk.copy(
        ImportRow,
        _COLUMNS,
        (
            _checked(job, chunk, row, found.get(row.line, Match()), on_file, supervisors.get(row.line, ""))
            for row in rows
        ),
    )


def finish_check(job: ImportJob) -> None:
    """What only the whole file tells: people met twice, supervisors entered by it. Under the job's lock."""
    with connection.cursor() as cursor:
        for key, field in (("person_key", "national_id"), ("number_key", "nia")):
            message = note("", _SAME_PERSON).message
            cursor.execute(_REPEATED.format(key=key), {"job": job.pk, "field": field, "message": message})
        cursor.execute(_WITHOUT_SUPERVISOR, {"job": job.pk, "message": note("", NO_SUPERVISOR).message})
    _put_off(job)
    job.planned = job.rows.counts()


def _put_off(job: ImportJob) -> None:
    """Enterprises whose supervisor is entered by this file go to chunks of their own, in a later wave."""
    waiting = job.rows.filter(outcome__in=[RowOutcome.CREATE, RowOutcome.REVIEW]).exclude(awaits="")
    keys = list(waiting.values_list("pk", flat=True))
    number = job.chunks.count()
    for first in range(0, len(keys), settings.IMPORT_ROWS_PER_CHUNK):
        number += 1
        # Its rows stay counted where they were read.
        later = ImportChunk.objects.create(job=job, number=number, wave=2, size=0, step=ChunkStep.CHECKED)
        job.rows.filter(pk__in=keys[first : first + settings.IMPORT_ROWS_PER_CHUNK]).update(chunk=later)


def new_outcome(job: ImportJob, row: Row) -> tuple[RowOutcome, list[Note]]:
    """What becomes of a row that means nobody on file."""
    if job.new_people == NewPeople.NONE:
        return RowOutcome.SKIP, []
    wrong = [*row.notes, *complete(row)]
    return (RowOutcome.ERROR if wrong else RowOutcome.CREATE), wrong


def known_outcome(job: ImportJob, row: Row, person: dict[str, Any]) -> tuple[RowOutcome, list[Note]]:
    """What becomes of a row that means this person."""
    if not job.update_fields:
        return RowOutcome.SKIP, []
    wrong = row.wrong(*job.update_fields)
    asked = people.wanted(row, job.update_fields, erase=job.erase_blanks)
    if "commune" in asked and row.values["region"] != person["region"]:
        wrong.append(note("commune", _("People move to another region by a transfer, not by an import.")))
    changed = people.differences(person, asked)
    if changed.keys() & {"qualification_kind", "years_of_exercise"}:
        merged = {name: asked.get(name, person[name]) for name in people.QUALIFICATION}
        wrong += qualification_notes(person["kind"], merged)
    if wrong:
        return RowOutcome.ERROR, wrong
    return (RowOutcome.UPDATE if changed else RowOutcome.UNCHANGED), []


def _checked(
    job: ImportJob,
    chunk: ImportChunk,
    row: Row,
    found: Match,
    on_file: dict[int, dict],
    awaits: str,
) -> tuple:
    """The columns of a row's `ImportRow`."""
    candidates: list = []
    if wrong := row.wrong(*KEYS):
        outcome = RowOutcome.ERROR
    elif found.elsewhere:
        outcome, wrong = RowOutcome.ERROR, [note("", _("This person is on the register of another region."))]
    elif found.candidates:
        outcome, candidates = RowOutcome.REVIEW, found.candidates
    elif found.key:
        outcome, wrong = known_outcome(job, row, on_file[found.key])
    else:
        outcome, wrong = new_outcome(job, row)
    keep = outcome in {RowOutcome.CREATE, RowOutcome.UPDATE, RowOutcome.REVIEW}
    return (
        job.pk,
        chunk.pk,
        row.line,
        outcome.value,
        found.key,
        row.person_key,
        row.number_key[:24],
        awaits if outcome in {RowOutcome.CREATE, RowOutcome.REVIEW} else "",
        packed_values(row) if keep else {},
        wrong,
        candidates,
        None,
    )


def packed_values(row: Row) -> dict[str, Any]:
    """The values, with what is to be weighed again once somebody has decided on the row."""
    more = {"empty": row.empty} if row.empty else {}
    return row.values | more | ({"noted": row.notes} if row.notes else {})


def row_of(kept: ImportRow) -> Row:
    """The row as it was checked."""
    values = dict(kept.values)
    empty, notes = values.pop("empty", []), values.pop("noted", [])
    return Row(kept.line, values, [Note(*one) for one in notes], empty)


def _resolve_supervisors(rows: Sequence[Row], region: str | None) -> dict[int, str]:
    """Put the supervisor's key in the place of the number; lines whose number nobody has yet, with it."""
    asked = [row for row in rows if row.values.get("supervisor")]
    for row in asked:
        if row.values.get("kind") != Kind.ENTERPRISE:
            del row.values["supervisor"]
    asked = [row for row in asked if "supervisor" in row.values]
    if not asked:
        return {}
    known = {
        number: (pk, state)
        for pk, number, state in Registrant.objects.filter(
            nia_compact__in={row.values["supervisor"] for row in asked}, kind__in=PERSON_KINDS
        ).values_list("pk", "nia_compact", "state")
    }
    awaiting = {}
    for row in asked:
        number = row.values["supervisor"]
        if number not in known:
            awaiting[row.line] = number
        elif known[number][1] not in ACTIVE_STATES:
            del row.values["supervisor"]
            row.notes.append(note("supervisor", _("The supervisor is not on the register any more."), number))
        else:
            row.values["supervisor"] = known[number][0]
    return awaiting
