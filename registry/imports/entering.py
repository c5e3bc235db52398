"""New people put on the register, a chunk of them at once."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any

from django.db.models.fields.json import KT
from django.utils import timezone

from core import bulk
from core.models import Chamber
from registry.enums import ApplicationState, Flag, NewPeople, RegistrantState, RowOutcome
from registry.imports import people
from registry.imports.rows import CRAFTS, Row
from registry.imports.vocabulary import folded
from registry.models import (
    Application,
    ImportJob,
    Qualification,
    RegisterRules,
    Registrant,
    RegistrantCraft,
)
from registry.models.registrant import NAME_FIELDS
from registry.numbers import allocate_nias, count_past, new_tracking_number

_COPIED = tuple(name for name in people.PLAIN if name not in {"commune", "birth_date"})


@dataclass(frozen=True, slots=True)
class Entered:
    """Somebody who is on file from now on; `columns` are the values of the entry, by name of the field."""

    row: Row
    columns: dict[str, Any]
    tracking_number: str = ""

    @property
    def key(self) -> int:
        return self.columns["id"]

    @property
    def name_ar(self) -> str:
        person = f"{self.columns['given_name_ar']} {self.columns['family_name_ar']}"
        return self.columns["organisation_name_ar"] or person

    @property
    def after(self) -> dict[str, Any]:
        """What the trail and the undoing remember."""
        said = {
            "state": self.columns["state"],
            "nia": self.columns["nia"],
            "tracking_number": self.tracking_number,
        }
        return {name: value for name, value in said.items() if value}


def enter(job: ImportJob, rows: Sequence[Row]) -> list[Entered]:
    """Put these people on file with their crafts, proofs and applications.

    Raises:
        IntegrityError: one of them has been put on file by somebody else meanwhile.
    """
    # By identity number: two imports that hold the same people come to them in the same order.
    rows = sorted(rows, key=lambda row: (row.values["national_id"], row.line))
    numbers = _numbers(job, rows)
    rules: dict[str, RegisterRules] = {}
    for region in {row.values["region"] for row in rows}:
        rules[region] = RegisterRules.objects.of(region)
    keys = bulk.reserve_keys(Registrant, len(rows))
    people_entered = [
        _person(key, row, numbers.get(row.line), rules) for key, row in zip(keys, rows, strict=True)
    ]
    # Crafts first, which the database allows within a transaction: the triggers that keep what is searched
    # then make a person's entry once, whole.
    bulk.copy(
        RegistrantCraft,
        ["registrant", "craft", "is_principal"],
        (
            (key, craft, position == 0)
            for key, row in zip(keys, rows, strict=True)
            for position, craft in enumerate(_crafts(row))
        ),
    )
    _insert(people_entered)
    bulk.copy(
        Qualification,
        ["registrant", "kind", "title", "years_of_exercise"],
        (
            (key, kind, row.values.get("qualification_title", ""), row.values.get("years_of_exercise"))
            for key, row in zip(keys, rows, strict=True)
            if (kind := row.values.get("qualification_kind"))
        ),
    )
    candidates = [
        person["id"] for person in people_entered if person["state"] == RegistrantState.CANDIDATE.value
    ]
    applications = _applications(job, candidates)
    return [
        Entered(row, person, applications.get(person["id"], ""))
        for person, row in zip(people_entered, rows, strict=True)
    ]


def count_past_imported(job: ImportJob) -> None:
    """Let each chamber's counter go on behind the numbers of the file, before anything is entered."""
    with_number = job.rows.filter(outcome=RowOutcome.CREATE).exclude(number_key="")
    numbers: dict[str, list[str]] = defaultdict(list)
    for region, nia in with_number.values_list(KT("values__region"), KT("values__nia")).iterator():
        numbers[region].append(nia)
    for chamber in Chamber.objects.filter(region_id__in=numbers).order_by("region_id"):
        count_past(chamber, numbers[chamber.region_id])


def _numbers(job: ImportJob, rows: Sequence[Row]) -> dict[int, str]:
    """The next numbers for those who have none, where the import gives them; region after region."""
    if job.new_people != NewPeople.REGISTERED:
        return {}
    without: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        if not row.values.get("nia"):
            without[row.values["region"]].append(row.line)
    found = {}
    for chamber in Chamber.objects.filter(region_id__in=without).order_by("region_id"):
        lines = without[chamber.region_id]
        found |= dict(zip(lines, allocate_nias(chamber, len(lines)), strict=True))
    return found


def _person(key: int, row: Row, number: str | None, rules: dict[str, RegisterRules]) -> dict[str, Any]:
    """The columns of a new entry that differ from an empty one's; no model is made of each of many rows."""
    values = row.values
    nia = values.get("nia") or number
    person = {name: values.get(name, "") for name in _COPIED} | {
        "id": key,
        "kind": values["kind"],
        "state": RegistrantState.REGISTERED.value if nia else RegistrantState.CANDIDATE.value,
        "nia": nia,
        "region": values["region"],
        "commune": values["commune"],
        "supervisor": values.get("supervisor"),
        "national_id": values["national_id"],
        "birth_date": date.fromisoformat(values["birth_date"]),
        "registered_on": None,
        "flags": _flags(rules[values["region"]], values["kind"]),
    }
    if nia:
        told = values.get("registered_on")
        person["registered_on"] = date.fromisoformat(told) if told else timezone.localdate()
    if not row.is_organisation:
        person["organisation_name_ar"] = person["organisation_name_latin"] = ""
    # As save() makes it, which COPY does not pass through; names come again and again.
    person["name_key"] = "|".join(folded(person[name]) for name in NAME_FIELDS)
    return person


def _insert(entered: Sequence[dict[str, Any]]) -> None:
    """Put the entries in, with what an empty one has in every other column."""
    rest = bulk.plain_values(Registrant())
    in_order = itemgetter(*rest)
    bulk.copy(Registrant, list(rest), (in_order({**rest, **one}) for one in entered))


def _flags(rules: RegisterRules, kind: str) -> list[str]:
    """Of somebody whose photograph and documents are still to come."""
    flags = [Flag.PHOTOGRAPH_MISSING.value]
    return [*flags, Flag.DOCUMENT_MISSING.value] if rules.required_documents(kind) else flags


def _applications(job: ImportJob, candidates: Sequence[int]) -> dict[int, str]:
    """An application each, to be decided on by somebody else; a draft where consent is still to be given."""
    consent = timezone.now() if job.consent_collected else None
    made = [
        Application(
            registrant_id=key,
            state=ApplicationState.SUBMITTED if consent else ApplicationState.DRAFT,
            tracking_number=new_tracking_number(),
            consent_at=consent,
            submitted_at=consent,
            entered_by=job.created_by,
        )
        for key in candidates
    ]
    bulk.insert(Application, made)
    return {application.registrant_id: application.tracking_number for application in made}


def _crafts(row: Row) -> list[int]:
    return list(dict.fromkeys(row.values[name] for name in CRAFTS if row.values.get(name)))
