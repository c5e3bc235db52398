"""The published rows as people and programs read them."""

import csv
import json
from io import StringIO

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from core.models import Province, Region
from registry.figures.public_rows import ALL, NATION, NO_CRAFT
from registry.models import CraftBranch, FigureSnapshot

FIELDS = (
    "place_level",
    "place_code",
    "place_ar",
    "place_fr",
    "branch_code",
    "branch_ar",
    "branch_fr",
    "kind",
    "gender",
    "age",
    "number",
)
_NATION_NAMES = {"ar": "المغرب", "fr": "Maroc"}
_NO_CRAFT = ("none", "بدون حرفة مصرح بها", "Métier non indiqué")
_KEPT_SECONDS = 24 * 3600
# What a spreadsheet would take for a formula.
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")

DESCRIPTION = {
    "place_level": "nation, region or province",
    "place_code": "MA, or the code of the Haut-Commissariat au Plan",
    "place_ar, place_fr": "name of the place",
    "branch_code, branch_ar, branch_fr": "branch of the principal craft; empty: all branches; a working list",
    "kind": "artisan, master_artisan, cooperative or enterprise; empty: all kinds",
    "gender": "female or male; none for organisations; empty: all",
    "age": "first year of the band (00, 25, 35, 45, 55, 65); none for organisations; empty: all",
    "number": "on the register, active; empty or null: withheld",
}


def published(snapshot: FigureSnapshot) -> list[dict]:
    """Every row with its names, in the order of the codes."""
    places = {NATION: ("nation", _NATION_NAMES["ar"], _NATION_NAMES["fr"])}
    places |= {region.pk: ("region", region.name_ar, region.name_fr) for region in Region.objects.all()}
    places |= {one.pk: ("province", one.name_ar, one.name_fr) for one in Province.objects.all()}
    branches = {ALL: ("", "", ""), NO_CRAFT: _NO_CRAFT}
    branches |= {str(one.pk): (one.code, one.name_ar, one.name_fr) for one in CraftBranch.objects.all()}
    rows = []
    for place, branch, kind, gender, age, number in snapshot.public.rows:
        level, place_ar, place_fr = places[place]
        values = (level, place, place_ar, place_fr, *branches[branch], kind, gender, age, number)
        rows.append(dict(zip(FIELDS, values, strict=True)))
    return rows


def as_csv(snapshot: FigureSnapshot) -> bytes:
    """UTF-8 with a mark at its beginning, by which spreadsheets know it."""
    return _kept(snapshot, "csv", _make_csv)


def as_json(snapshot: FigureSnapshot) -> bytes:
    return _kept(snapshot, "json", _make_json)


def _kept(snapshot: FigureSnapshot, form: str, make) -> bytes:
    key = f"open-data-{snapshot.pk}-{form}"
    body = cache.get(key)
    if body is None:
        body = make(snapshot)
        cache.set(key, body, _KEPT_SECONDS)
    return body


def _make_csv(snapshot: FigureSnapshot) -> bytes:
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(FIELDS)
    for row in published(snapshot):
        writer.writerow([_neutral(row[name]) for name in FIELDS])
    return out.getvalue().encode("utf-8-sig")


def _make_json(snapshot: FigureSnapshot) -> bytes:
    document = {
        "title": "Registre national de l'artisanat - السجل الوطني للصناعة التقليدية",
        "as_of": timezone.localtime(snapshot.taken_at).isoformat(timespec="seconds"),
        "licence": settings.OPEN_DATA_LICENCE or None,
        "withheld_under": settings.OPEN_DATA_THRESHOLD,
        "rounded_to": settings.OPEN_DATA_THRESHOLD,
        "fields": DESCRIPTION,
        "rows": published(snapshot),
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def _neutral(value) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) else text
