"""People on file as an import compares and changes them: the values of a row, and what differs."""

from collections.abc import Iterable
from typing import Any

from registry.imports.rows import CRAFTS, ERASABLE, Row
from registry.models import Qualification, Registrant, RegistrantCraft

PLAIN = (
    "given_name_ar",
    "family_name_ar",
    "given_name_latin",
    "family_name_latin",
    "organisation_name_ar",
    "organisation_name_latin",
    "gender",
    "birth_date",
    "phone",
    "email",
    "commune",
    "address",
)
QUALIFICATION = ("qualification_kind", "qualification_title", "years_of_exercise")


def snapshots(keys: Iterable[int], *, evidence: bool = True) -> dict[int, dict[str, Any]]:
    """The values that an import can change, as a row has them, of each of these people."""
    columns = [Registrant._meta.get_field(name).attname for name in PLAIN]
    found = {}
    for pk, kind, region, version, *values in Registrant.objects.filter(pk__in=list(keys)).values_list(
        "pk", "kind", "region_id", "version", *columns
    ):
        person = dict(zip(PLAIN, values, strict=True))
        person["birth_date"] = person["birth_date"].isoformat()
        found[pk] = person | {"kind": kind, "region": region, "version": version, "crafts": []}
        found[pk] |= dict.fromkeys(QUALIFICATION)
    if evidence:
        links = RegistrantCraft.objects.filter(registrant__in=found).order_by("-is_principal", "pk")
        for pk, craft in links.values_list("registrant_id", "craft_id"):
            found[pk]["crafts"].append(craft)
        proofs = Qualification.objects.filter(registrant__in=found).order_by("-pk")
        for pk, *proof in proofs.values_list("registrant_id", "kind", "title", "years_of_exercise"):
            # The first one is the one that the form shows: it comes last here, and stays.
            found[pk] |= dict(zip(QUALIFICATION, proof, strict=True))
    return found


def wanted(row: Row, fields: Iterable[str], *, erase: bool) -> dict[str, Any]:
    """What a row asks to change, of the chosen columns; crafts come as one list."""
    fields = set(fields)
    asked: dict[str, Any] = {name: row.values[name] for name in fields & row.values.keys() - set(CRAFTS)}
    if erase:
        asked |= dict.fromkeys(fields & set(row.empty) & set(ERASABLE) - set(CRAFTS), "")
    if "principal_craft" in fields and row.values.get("principal_craft"):
        asked["crafts"] = list(
            dict.fromkeys(row.values[name] for name in CRAFTS if name in fields and row.values.get(name))
        )
        asked["crafts_kept"] = not (erase and {"second_craft", "third_craft"} <= fields)
    return asked


def differences(person: dict[str, Any], asked: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Field by field what is on file and what the row says, where they differ."""
    changed = {
        name: (person[name], value)
        for name, value in asked.items()
        if name in (*PLAIN, *QUALIFICATION) and person[name] != value
    }
    if crafts := asked.get("crafts"):
        # Crafts that the file does not name stay, behind those that it does.
        kept = [craft for craft in person["crafts"] if craft not in crafts] if asked["crafts_kept"] else []
        new = crafts + kept
        if new[:1] != person["crafts"][:1] or set(new) != set(person["crafts"]):
            changed["crafts"] = (person["crafts"], new)
    return changed
