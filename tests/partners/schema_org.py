"""The part of the vocabulary of schema.org (release 29) that our pages use, to hold their data against."""

import re
from typing import Any

TEXT, NUMBER, DAY, ADDRESS = "Text", "Number", "Date", "URL"
# Type, its properties, and what each may hold; those of Thing belong to every type.
THING = {"name": {TEXT}, "description": {TEXT}, "url": {ADDRESS}, "identifier": {TEXT, ADDRESS}}
TYPES: dict[str, dict[str, set[str]]] = {
    "Offer": {
        "areaServed": {"AdministrativeArea", "Country", "Place", TEXT},
        "availableAtOrFrom": {"Place"},
        "category": {TEXT, ADDRESS},
        "offeredBy": {"Organization", "Person"},
        "validFrom": {DAY},
        "validThrough": {DAY},
    },
    "Organization": {
        "email": {TEXT},
        "location": {"Place", "PostalAddress", TEXT},
        "parentOrganization": {"Organization"},
        "telephone": {TEXT},
    },
    "Place": {
        "address": {"PostalAddress", TEXT},
        "amenityFeature": {"LocationFeatureSpecification"},
        "branchCode": {TEXT},
        "geo": {"GeoCoordinates", "GeoShape"},
        "telephone": {TEXT},
    },
    "PostalAddress": {
        "addressCountry": {TEXT},
        "addressLocality": {TEXT},
        "addressRegion": {TEXT},
        "streetAddress": {TEXT},
    },
    "GeoCoordinates": {"latitude": {NUMBER, TEXT}, "longitude": {NUMBER, TEXT}},
    "LocationFeatureSpecification": {"value": {TEXT, NUMBER}},
    "AdministrativeArea": {},
    "Country": {},
}
_SHAPES = {
    DAY: re.compile(r"\d{4}-\d{2}-\d{2}"),
    ADDRESS: re.compile(r"https?://[^\s/]+(/\S*)?"),
    TEXT: re.compile(r".+", re.DOTALL),
}


def faults(data: dict[str, Any], where: str = "$") -> list[str]:
    """What a validator of structured data would find wrong; an empty list when nothing is."""
    if (kind := data.get("@type")) not in TYPES:
        return [f"{where}: no type {kind}"]
    found = []
    known = THING | TYPES[kind]
    for name, value in data.items():
        if name in {"@type", "@id"} or (name == "@context" and where == "$"):
            continue
        if name not in known:
            found.append(f"{where}.{name}: no property of {kind}")
            continue
        for one in value if isinstance(value, list) else [value]:
            found += _wrong(one, known[name], f"{where}.{name}")
    return found


def _wrong(value: Any, expected: set[str], where: str) -> list[str]:
    if isinstance(value, dict):
        return faults(value, where) if value.get("@type") in expected else [f"{where}: not expected here"]
    if isinstance(value, int | float):
        return [] if NUMBER in expected else [f"{where}: a number is not expected here"]
    shapes = [_SHAPES[name] for name in expected if name in _SHAPES]
    return [] if any(shape.fullmatch(value) for shape in shapes) else [f"{where}: {value!r}"]
