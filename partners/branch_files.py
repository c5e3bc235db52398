"""A partner's places as somebody sends them: XLSX, ODS or CSV, checked cell by cell.

What is wrong is told by line and column, all of it at once. Communes may be given by code or by name.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.arabic import clean, compact_number, digits, fold
from core.models import Commune
from core.spreadsheets import plain
from core.tables.reading import read_table
from core.validators import normalise_phone
from partners.enums import Access

MOST_ROWS = 5000
# Column, its words, the longest value, and headings under which it is known beside its name and its words.
COLUMNS: dict[str, tuple] = {
    "code": (gettext_lazy("Partner's code"), 40, ("رمز", "الرمز", "code agence", "reference")),
    "name_ar": (gettext_lazy("Arabic name"), 200, ("الاسم", "الاسم بالعربية", "nom arabe", "nom ar")),
    "name_fr": (gettext_lazy("French name"), 200, ("nom", "nom fr", "agence", "الاسم بالفرنسية")),
    "commune": (gettext_lazy("Commune"), 200, ("الجماعة", "جماعة", "ville", "code commune", "commune code")),
    "province": (gettext_lazy("Province"), 200, ("الإقليم", "إقليم", "العمالة", "prefecture")),
    "address_ar": (gettext_lazy("Address in Arabic"), 200, ("العنوان", "العنوان بالعربية", "adresse arabe")),
    "address_fr": (gettext_lazy("Address in French"), 200, ("adresse", "adresse fr", "العنوان بالفرنسية")),
    "phone": (gettext_lazy("Telephone"), 30, ("الهاتف", "tel", "telephone")),
    "access": (gettext_lazy("Access for disabled people"), 30, ("الولوجيات", "accessibilite", "pmr")),
    "latitude": (gettext_lazy("Latitude"), 20, ("خط العرض", "lat")),
    "longitude": (gettext_lazy("Longitude"), 20, ("خط الطول", "lon", "lng", "long")),
    "is_open": (gettext_lazy("Open"), 10, ("مفتوح", "ouvert", "ouverte")),
}
NEEDED = ("code", "name_ar", "name_fr", "commune")
_ACCESS = {
    Access.FULL: ("full", "accessible", "oui", "yes", "1", "نعم", "ولوج تام"),
    Access.PARTIAL: ("partial", "partiel", "partielle", "en partie", "جزئي", "جزئيا"),
    Access.NONE: ("none", "non", "no", "0", "inaccessible", "لا"),
    Access.UNKNOWN: ("unknown", "inconnu", "", "غير معروف"),
}
_OPEN = {
    True: ("", "1", "oui", "yes", "true", "open", "نعم"),
    False: ("0", "non", "no", "false", "closed", "لا"),
}


class Fault(NamedTuple):
    """What is wrong where; `line` counts as the file does, `column` is its heading in words."""

    line: int
    column: str
    text: str


@dataclass
class CheckedFile:
    """Rows that may be written, by line: the fields of `Branch`; and what was wrong with the others."""

    rows: dict[int, dict[str, Any]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    @property
    def rejected(self) -> int:
        return len({fault.line for fault in self.faults})


def read_branch_file(path: Path) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The heading and the rows of a file, as text.

    Raises:
        ValidationError: it is no table, is too long, or a needed column is missing.
    """
    lines = []
    for number, cells in read_table(path).rows:
        lines.append((number, [clean(plain(cell)) for cell in cells]))
        if len(lines) > MOST_ROWS + 1:
            raise ValidationError(
                _("The file has too many lines: at most %(most)s."),
                code="too_long",
                params={"most": MOST_ROWS},
            )
    if not lines:
        raise ValidationError(_("The file holds no line."), code="empty")
    header = lines[0][1]
    missing = [str(COLUMNS[name][0]) for name in NEEDED if name not in _places(header)]
    if missing:
        raise ValidationError(
            _("These columns are missing in the first line: %(names)s."),
            code="columns",
            params={"names": _(", ").join(missing)},
        )
    if len(lines) == 1:
        raise ValidationError(_("The file holds no branch."), code="empty")
    return header, lines[1:]


def check_branch_rows(header: Sequence[str], rows: Sequence[Sequence]) -> CheckedFile:
    """Every row by its columns, against the communes as they are now; one query."""
    places, communes = _places(header), _Communes()
    checked, seen = CheckedFile(), {}
    for line, cells in rows:
        given = {name: cells[place] if place < len(cells) else "" for name, place in places.items()}
        faults: list[Fault] = []
        values = _values(line, given, communes, faults)
        first = seen.setdefault(values["code"], line)
        if values["code"] and first != line:
            text = _("This code is on line %(line)s already.") % {"line": first}
            faults.append(_fault(line, "code", text))
        if faults:
            checked.faults += faults
        else:
            checked.rows[line] = values
    return checked


def _places(header: Sequence[str]) -> dict[str, int]:
    known = {}
    for name, (words, _longest, others) in COLUMNS.items():
        known |= {fold(heading): name for heading in (name, name.replace("_", " "), str(words), *others)}
    found: dict[str, int] = {}
    for place, heading in enumerate(header):
        if name := known.get(fold(heading)):
            found.setdefault(name, place)
    return found


def _values(
    line: int, given: Mapping[str, str], communes: "_Communes", faults: list[Fault]
) -> dict[str, Any]:
    """The fields of a branch; a column that the file has not is left as it stands."""
    values: dict[str, Any] = {}
    for name, text in given.items():
        longest = COLUMNS[name][1]
        if len(text) > longest:
            words = _("Too long: at most %(count)s characters.") % {"count": longest}
            faults.append(_fault(line, name, words))
        elif not text and name in NEEDED:
            faults.append(_fault(line, name, _("Nothing stands here.")))
        elif name in {"code", "name_ar", "name_fr", "address_ar", "address_fr"}:
            values[name] = text
    values.setdefault("code", "")
    readers = {"phone": _phone, "access": _access, "is_open": _is_open}
    for name, reader in readers.items():
        if name in given:
            _take(values, name, reader, given[name], line, faults)
    if given["commune"]:
        _take(values, "commune_id", lambda text: communes.find(text, given.get("province", "")),
              given["commune"], line, faults, column="commune")  # fmt: skip
    if "latitude" in given and "longitude" in given:
        _take_place(values, given["latitude"], given["longitude"], line, faults)
    return values


def _take(values, name, reader, text, line, faults, column: str = "") -> None:
    try:
        values[name] = reader(text)
    except ValidationError as error:
        faults.append(_fault(line, column or name, " ".join(error.messages)))


def _take_place(values: dict, latitude: str, longitude: str, line: int, faults: list[Fault]) -> None:
    """Both or neither, within Morocco's degrees written with a point or a comma."""
    values["latitude"] = values["longitude"] = None
    if not latitude and not longitude:
        return
    for name, text, least, most in (("latitude", latitude, 20, 37), ("longitude", longitude, -18, 0)):
        try:
            degrees = round(Decimal(digits(text).replace(",", ".")), 6)
            # Inside as well: "nan" is a number that refuses to be compared.
            is_within = least <= degrees <= most
        except InvalidOperation:
            is_within = False
        if not is_within:
            words = _("Degrees between %(least)s and %(most)s, or nothing in both columns.")
            faults.append(_fault(line, name, words % {"least": least, "most": most}))
        else:
            values[name] = degrees


def _phone(text: str) -> str:
    return normalise_phone(text) if text else ""


def _access(text: str) -> str:
    return _word(text, {value: (*words, Access(value).label) for value, words in _ACCESS.items()})


def _is_open(text: str) -> bool:
    return _word(text, _OPEN)


def _word(text: str, known: Mapping[Any, Sequence[str]]) -> Any:
    folded = fold(text)
    for value, words in known.items():
        if folded in {fold(str(word)) for word in words}:
            return value
    raise ValidationError(_("This word is not known here."), code="word")


def _fault(line: int, name: str, text: str) -> Fault:
    return Fault(line, str(COLUMNS[name][0]), text)


class _Communes:
    """Communes by code, and by folded name with the province where a name is borne by several."""

    def __init__(self):
        self.codes, self.names = {}, {}
        for one in Commune.objects.select_related("province"):
            self.codes[compact_number(one.code)] = one.pk
            provinces = {fold(one.province.name_ar), fold(one.province.name_fr)}
            for name in {fold(one.name_ar), fold(one.name_fr)}:
                self.names.setdefault(name, []).append((one.pk, provinces))

    def find(self, text: str, province: str) -> str:
        if (code := self.codes.get(compact_number(text))) is not None and any(map(str.isdigit, text)):
            return code
        found = self.names.get(fold(text), [])
        if province:
            found = [(pk, provinces) for pk, provinces in found if fold(province) in provinces]
        if not found:
            raise ValidationError(_("No commune has this name or code."), code="commune")
        if len(found) > 1:
            raise ValidationError(
                _("Several communes have this name: give the province, or the commune's code."),
                code="several",
            )
        return found[0][0]
