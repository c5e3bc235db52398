"""Values of a row, checked by the rules of the application form: its fields, its validators."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.arabic import clean, compact_number, digits
from core.spreadsheets import plain
from registry.enums import ORGANISATION_KINDS, PERSON_KINDS, Kind, QualificationKind
from registry.fields import (
    ORGANISATION_NAME_SIGNS,
    ArabicNameField,
    LatinNameField,
    NationalIdField,
    PhoneField,
)
from registry.imports.notes import Note, note, note_of
from registry.imports.vocabulary import Vocabulary, folded
from registry.validators import validate_birth_date, validate_qualification

NAMES = ("given_name_ar", "family_name_ar", "given_name_latin", "family_name_latin")
ORGANISATION_NAMES = ("organisation_name_ar", "organisation_name_latin")
CRAFTS = ("principal_craft", "second_craft", "third_craft")
# What somebody new needs; a row with a registration number was decided on before, without our proofs.
REQUIRED = (*NAMES, "national_id", "gender", "birth_date", "phone", "commune", "principal_craft")
REQUIRED_OF_CANDIDATES = ("qualification_kind", "qualification_title")
# What an empty cell may erase, where the import says so.
ERASABLE = ("email", "address", "second_craft", "third_craft")
EARLIEST_REGISTRATION = date(1950, 1, 1)
_NIA = re.compile(r"[A-Z0-9][A-Z0-9 ./-]{1,23}", re.IGNORECASE)
_FIELDS: dict[str, forms.Field] = {
    "given_name_ar": ArabicNameField(max_length=60),
    "family_name_ar": ArabicNameField(max_length=60),
    "given_name_latin": LatinNameField(max_length=60),
    "family_name_latin": LatinNameField(max_length=60),
    "organisation_name_ar": ArabicNameField(max_length=120, signs=ORGANISATION_NAME_SIGNS),
    "organisation_name_latin": LatinNameField(max_length=120, signs=ORGANISATION_NAME_SIGNS),
    "national_id": NationalIdField(),
    "phone": PhoneField(),
    "email": forms.EmailField(max_length=254),
    "address": forms.CharField(max_length=200),
    "qualification_title": forms.CharField(max_length=160),
    "years_of_exercise": forms.IntegerField(min_value=0, max_value=80),
}
# Many rows share these.
_REPEATED = frozenset(NAMES) | {"qualification_title", "years_of_exercise"}


@dataclass
class Row:
    """One row of a file: its values as text and numbers, and what is wrong with it, column by column."""

    line: int
    values: dict[str, Any] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    empty: list[str] = field(default_factory=list)

    @property
    def is_person(self) -> bool:
        return self.values.get("kind", Kind.ARTISAN) in PERSON_KINDS

    @property
    def is_organisation(self) -> bool:
        return not self.is_person

    @property
    def person_key(self) -> str:
        """What no other person has; an organisation is known by its registration number alone."""
        return self.values.get("national_id", "") if self.is_person else ""

    @cached_property
    def number_key(self) -> str:
        return compact_number(self.values.get("nia", ""))

    def wrong(self, *fields: str) -> list[Note]:
        return [one for one in self.notes if one.field in fields]


class RowReader:
    """Turns cells into rows, for one file whose columns are matched."""

    def __init__(self, mapping: dict[str, int], *, region: str | None, vocabulary: Vocabulary | None = None):
        self.mapping = mapping
        self.region = region
        self.vocabulary = vocabulary or Vocabulary()
        self._today = timezone.localdate()
        self._special: dict[str, Callable[[Row, str], Any]] = {
            "nia": self._nia,
            "kind": lambda row, text: self._choice(self.vocabulary.kinds, text),
            "gender": lambda row, text: self._choice(self.vocabulary.genders, text),
            "qualification_kind": lambda row, text: self._choice(self.vocabulary.qualifications, text),
            "birth_date": self._birth_date,
            "registered_on": self._registered_on,
            "principal_craft": self._craft,
            "second_craft": self._craft,
            "third_craft": self._craft,
            "supervisor": self._supervisor,
        }

    def read(self, line: int, cells: Sequence[str]) -> Row:
        """The values of the mapped columns; what does not pass is a note, and has no value."""
        row = Row(line)
        texts = {
            name: clean(plain(cells[position])) if position < len(cells) else ""
            for name, position in self.mapping.items()
        }
        for name, text in texts.items():
            if not text:
                row.empty.append(name)
            elif name not in {"province", "commune"}:
                self._take(row, name, text)
        if texts.get("commune"):
            self._take_commune(row, texts["commune"], texts.get("province", ""))
        return row

    def _take(self, row: Row, name: str, text: str) -> None:
        special = self._special.get(name)
        if special is None:
            value, wrong = (_cleaned_before if name in _REPEATED else _cleaned)(name, text)
            if wrong:
                row.notes.append(wrong)
            else:
                row.values[name] = value
            return
        try:
            row.values[name] = special(row, text)
        except ValidationError as error:
            row.notes.append(note_of(name, error, text))

    def _take_commune(self, row: Row, text: str, province: str) -> None:
        found = self.vocabulary.communes(text, province, self.region)
        if not found:
            row.notes.append(note("commune", _("No commune has this name or code."), text))
        elif len(found) > 1:
            row.notes.append(
                note(
                    "commune", _("Several communes have this name: give the province, or the HCP code."), text
                )
            )
        elif self.region and found[0].region != self.region:
            row.notes.append(note("commune", _("This commune lies in another region."), text))
        else:
            row.values["commune"], row.values["region"] = found[0].code, found[0].region

    def _nia(self, row: Row, text: str) -> str:
        if not _NIA.fullmatch(digits(text)):
            raise ValidationError(
                _("A registration number has letters, digits and hyphens, at most 24 characters."), code="nia"
            )
        return digits(text)

    def _supervisor(self, row: Row, text: str) -> str:
        return compact_number(self._nia(row, text))

    def _choice(self, words: dict[str, str], text: str) -> str:
        found = words.get(folded(text))
        if found is None:
            raise ValidationError(_("This word is not known here."), code="word")
        return found

    def _birth_date(self, row: Row, text: str) -> str:
        value = parse_date(text)
        validate_birth_date(value)
        return value.isoformat()

    def _registered_on(self, row: Row, text: str) -> str:
        value = parse_date(text)
        if not EARLIEST_REGISTRATION <= value <= self._today:
            raise ValidationError(_("This date lies in the future or too far back."), code="registered_on")
        return value.isoformat()

    def _craft(self, row: Row, text: str) -> int:
        found = self.vocabulary.crafts(text)
        if len(found) != 1:
            raise ValidationError(_("No craft of the list in use has this name or code."), code="craft")
        return next(iter(found))


def complete(row: Row) -> list[Note]:
    """What keeps a row from entering somebody new, beside what is wrong with its cells."""
    values = row.values
    kind = values.setdefault("kind", Kind.ARTISAN.value)
    required = REQUIRED if values.get("nia") else (*REQUIRED, *REQUIRED_OF_CANDIDATES)
    if kind in ORGANISATION_KINDS:
        required = (*required, *ORGANISATION_NAMES)
    if kind == Kind.ENTERPRISE:
        required = (*required, "supervisor")
    said = {one.field for one in row.notes}
    missing = [
        note(name, _("This column is empty."))
        for name in required
        if not values.get(name) and name not in said
    ]
    return missing + qualification_notes(kind, values)


def qualification_notes(kind: str, values: dict[str, Any]) -> list[Note]:
    """Whether proof and years meet the condition of the kind."""
    proof, years = values.get("qualification_kind"), values.get("years_of_exercise")
    if not proof:
        return []
    if proof == QualificationKind.ATTESTATION and years is None:
        return [note("years_of_exercise", _("Give the number of years attested."))]
    try:
        validate_qualification(kind=kind, qualification=proof, years=years)
    except ValidationError as error:
        name, errors = next(iter(error.error_dict.items()))
        return [note_of(name, errors[0], str(years if name == "years_of_exercise" else proof))]
    return []


def parse_date(text: str) -> date:
    """A date as it is written here: 1980-05-17, or day, month and year with / - . between.

    Raises:
        ValidationError: not a date, or no such day.
    """
    parts = re.split(r"[/.\-]", re.split("[ T]", digits(text))[0])
    try:
        numbers = [int(part) for part in parts]
        year, month, day = numbers if len(parts[0]) == 4 else reversed(numbers)
        if not 1800 <= year <= 2200:
            raise ValueError
    except ValueError as error:
        raise ValidationError(_("Write the date as day/month/year: 17/05/1980."), code="date") from error
    try:
        return date(year, month, day)
    except (ValueError, OverflowError) as error:
        raise ValidationError(_("There is no such day: check the day and the month."), code="day") from error


def _cleaned(name: str, text: str) -> tuple[Any, Note | None]:
    try:
        return _FIELDS[name].clean(text), None
    except ValidationError as error:
        return None, note_of(name, error, text)


_cleaned_before = lru_cache(maxsize=20_000)(_cleaned)
