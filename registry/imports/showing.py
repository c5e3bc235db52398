"""Rows of an import as a page shows them: who is meant, what is wrong, what would change."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import get_language

from core.models import Commune
from registry.enums import Gender, Kind, QualificationKind, RowOutcome
from registry.imports import people
from registry.imports.checking import row_of
from registry.imports.columns import BY_FIELD
from registry.imports.matching import Why
from registry.imports.report import faults
from registry.models import Craft, ImportJob, ImportRow, Registrant

_CHOICES = {"gender": Gender, "kind": Kind, "qualification_kind": QualificationKind}
# What is compared side by side before somebody says who is meant.
COMPARED = (
    "nia",
    "national_id",
    "given_name_ar",
    "family_name_ar",
    "given_name_latin",
    "family_name_latin",
    "birth_date",
    "phone",
    "commune",
)
LEFT_TO_RIGHT = frozenset({"nia", "national_id", "birth_date", "phone", "years_of_exercise"})


def shown_rows(job: ImportJob, rows: Sequence[ImportRow]) -> list[dict]:
    """The rows of one page: `{"row", "name", "faults", "changes"}` each, in a fixed number of queries."""
    changing = {row.registrant_key for row in rows if row.outcome == RowOutcome.UPDATE}
    on_file = people.snapshots(changing) if changing else {}
    known = {person.pk: person for person in Registrant.objects.filter(pk__in=_keys(rows))}
    changes = {
        row.pk: people.differences(
            on_file[row.registrant_key],
            people.wanted(row_of(row), job.update_fields, erase=job.erase_blanks),
        )
        for row in rows
        if row.registrant_key in on_file
    }
    words = _Words(pair for found in changes.values() for pair in found.items())
    return [
        {
            "row": row,
            "name": _name(row, known),
            "registrant": known.get(row.registrant_key),
            "faults": faults(job, row),
            "changes": [
                {
                    "label": BY_FIELD["principal_craft" if name == "crafts" else name].label,
                    "old": words.of(name, old),
                    "new": words.of(name, new),
                    "ltr": name in LEFT_TO_RIGHT,
                }
                for name, (old, new) in changes.get(row.pk, {}).items()
            ],
        }
        for row in rows
    ]


def comparisons(rows: Sequence[ImportRow], *, region: str | None) -> list[dict]:
    """Rows to be looked at, each with whom it may mean, side by side."""
    known = {
        person.pk: person
        for person in Registrant.objects.filter(pk__in=_keys(rows)).select_related("commune", "region")
    }
    words = _Words(("commune", (row.values.get("commune"), None)) for row in rows)
    found = []
    for row in rows:
        candidates = [
            {"person": known[key], "why": Why(why).label}
            for key, why in row.candidates
            if key in known and region in {None, known[key].region_id}
        ]
        lines = []
        for name in COMPARED:
            given = words.of(name, row.values.get(name))
            cells = [_cell(name, one["person"]) for one in candidates]
            if given or any(cells):
                lines.append(
                    {
                        "label": BY_FIELD[name].label,
                        "given": given,
                        "cells": [{"text": cell, "differs": bool(given) and cell != given} for cell in cells],
                        "ltr": name in LEFT_TO_RIGHT,
                    }
                )
        found.append({"row": row, "candidates": candidates, "lines": lines, "name": _name(row, known)})
    return found


def _cell(name: str, person: Registrant) -> str:
    if name == "birth_date":
        return person.birth_date.isoformat()
    if name == "commune":
        return person.commune.name
    return getattr(person, name) or ""


def _keys(rows: Iterable[ImportRow]) -> set[int]:
    keys = {row.registrant_key for row in rows if row.registrant_key}
    return keys | {key for row in rows for key, _why in row.candidates}


def _name(row: ImportRow, known: dict[int, Registrant]) -> str:
    scripts = ("ar", "latin") if (get_language() or "ar").startswith("ar") else ("latin", "ar")
    for script in scripts:
        values = row.values
        if name := values.get(f"organisation_name_{script}"):
            return name
        parts = [values.get(f"given_name_{script}", ""), values.get(f"family_name_{script}", "")]
        if any(parts):
            return " ".join(filter(None, parts))
    person = known.get(row.registrant_key)
    return person.name if person else ""


class _Words:
    """Codes as people read them; communes and crafts are looked up once for a page."""

    def __init__(self, values: Iterable[tuple[str, tuple[Any, Any]]]):
        communes, crafts = set(), set()
        for name, pair in values:
            if name == "commune":
                communes.update(filter(None, pair))
            elif name == "crafts":
                crafts.update(key for keys in pair for key in keys or [])
        self.communes = {commune.pk: commune.name for commune in Commune.objects.filter(pk__in=communes)}
        self.crafts = {craft.pk: craft.name for craft in Craft.objects.filter(pk__in=crafts)}

    def of(self, name: str, value: Any) -> str:
        if value is None or value == "":
            return ""
        if name == "commune":
            return self.communes.get(value, value)
        if name == "crafts":
            return "، ".join(self.crafts.get(key, "") for key in value)
        if name in _CHOICES:
            return str(_CHOICES[name](value).label)
        return str(value)
