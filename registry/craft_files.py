"""A list of crafts as somebody sends it: CSV, XLSX or ODS, checked cell by cell.

What is wrong is told by line and column, all of it at once, so that the sender corrects the file in one go.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from core.arabic import clean, fold
from core.tables.reading import read_table
from core.tables.storing import on_disk

MAX_BYTES = 2 * 1024 * 1024
MAX_ROWS = 5000
MAX_ERRORS = 200

# Column, longest value, and the headings under which it is known beside its own name.
COLUMNS = {
    "class_code": (4, ("code classe", "رمز الصنف")),
    "class_ar": (120, ("classe ar", "classe arabe", "الصنف", "الصنف بالعربية")),
    "class_fr": (120, ("classe", "classe fr", "classe francais", "الصنف بالفرنسية")),
    "branch_code": (10, ("code branche", "رمز الفرع")),
    "branch_ar": (200, ("branche ar", "branche arabe", "الفرع", "الفرع بالعربية")),
    "branch_fr": (200, ("branche", "branche fr", "branche francais", "الفرع بالفرنسية")),
    "craft_code": (12, ("code metier", "رمز الحرفة")),
    "craft_ar": (200, ("metier ar", "metier arabe", "الحرفة", "الحرفة بالعربية")),
    "craft_fr": (200, ("metier", "metier fr", "metier francais", "الحرفة بالفرنسية")),
}


class FileError(NamedTuple):
    """What is wrong where; `line` counts as the sheet does, `column` is ours."""

    line: int
    column: str
    text: str


class CraftRow(NamedTuple):
    class_code: str
    class_ar: str
    class_fr: str
    branch_code: str
    branch_ar: str
    branch_fr: str
    craft_code: str
    craft_ar: str
    craft_fr: str


@dataclass
class ReadList:
    """What was read, and what was wrong with it."""

    rows: list[CraftRow] = field(default_factory=list)
    errors: list[FileError] = field(default_factory=list)


def read_craft_file(upload: File) -> ReadList:
    """The rows of a file, or its errors by line and column.

    Raises:
        ValidationError: it is too large, no table at all, or a column is missing; nothing of it was read.
    """
    if upload.size > MAX_BYTES:
        raise ValidationError(_("The file is too large: 2 MB at the most."), code="too_large")
    lines = []
    with on_disk(upload) as path:
        for number, cells in read_table(path).rows:
            lines.append((number, [clean(cell) for cell in cells]))
            if len(lines) > MAX_ROWS:
                raise ValidationError(_("The file has too many lines: 5,000 at the most."), code="too_long")
    if not lines:
        raise ValidationError(_("The file holds no line."), code="empty")
    places = _places(lines[0][1])
    return _checked(lines[1:], places)


def _places(heading: list[str]) -> dict[str, int]:
    """Where each column stands, by its name, its French or its Arabic heading."""
    known = {fold(name): name for name in COLUMNS}
    for name, (_longest, others) in COLUMNS.items():
        known |= {fold(other): name for other in others}
    places: dict[str, int] = {}
    for place, cell in enumerate(heading):
        name = known.get(fold(cell))
        if name:
            places.setdefault(name, place)
    missing = [name for name in COLUMNS if name not in places]
    if missing:
        raise ValidationError(
            _("These columns are missing in the first line: %(names)s."),
            code="columns",
            params={"names": ", ".join(missing)},
        )
    return places


def _checked(lines: Iterable[tuple[int, list[str]]], places: dict[str, int]) -> ReadList:
    read = ReadList()
    branches: dict[str, tuple] = {}
    classes: dict[str, tuple] = {}
    codes: dict[tuple, int] = {}
    names: dict[tuple, int] = {}
    for number, cells in lines:
        row = CraftRow(*(cells[places[name]] if places[name] < len(cells) else "" for name in COLUMNS))
        wrong = _wrong_cells(number, row)
        if classes.setdefault(row.class_code, row[:3])[1:] != row[1:3]:
            wrong.append(FileError(number, "class_ar", _("This class has other names on an earlier line.")))
        if branches.setdefault(row.branch_code, (row[0], *row[4:6])) != (row[0], *row[4:6]):
            wrong.append(
                FileError(
                    number, "branch_ar", _("This branch has another class or names on an earlier line.")
                )
            )
        if row.craft_code and codes.setdefault((row.branch_code, row.craft_code), number) != number:
            wrong.append(FileError(number, "craft_code", _("This code is on an earlier line already.")))
        if row.craft_ar and names.setdefault((row.branch_code, fold(row.craft_ar)), number) != number:
            wrong.append(FileError(number, "craft_ar", _("This craft is on an earlier line already.")))
        read.errors += wrong
        read.rows.append(row)
        if len(read.errors) >= MAX_ERRORS:
            break
    if not read.rows:
        raise ValidationError(_("The file holds no craft."), code="empty")
    return read


def _wrong_cells(number: int, row: CraftRow) -> list[FileError]:
    wrong = []
    for name, value in zip(COLUMNS, row, strict=True):
        longest = COLUMNS[name][0]
        if not value:
            wrong.append(FileError(number, name, _("Nothing stands here.")))
        elif len(value) > longest:
            wrong.append(
                FileError(number, name, _("Too long: at most %(count)s characters.") % {"count": longest})
            )
        elif any(not char.isprintable() for char in value):
            wrong.append(FileError(number, name, _("There is an invisible character here.")))
        elif name.endswith("_ar") and not any("\u0620" <= char <= "\u06ff" for char in value):
            wrong.append(FileError(number, name, _("Write this name in Arabic letters.")))
    return wrong
