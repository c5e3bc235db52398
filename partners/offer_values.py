"""What an offer says, as plain values: what a form gives, what a change keeps until it is checked.

Plain means fit for JSON and for `==`: days as "2026-11-29", related records by their keys, documents asked
for as {"name_ar", "name_fr", "is_required"}.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from partners.models import Offer, OfferRequirement

Values = dict[str, Any]

SAID = ("name", "what", "how", "terms", "access")
TEXTS = tuple(f"{said}_{language}" for said in SAID for language in ("ar", "fr"))
DAYS = ("starts_on", "ends_on")
CONTACT = ("contact_phone", "contact_email")
LISTS = ("kinds", "ways")
LIMIT = ("limit_per_person", "limit_period")
RELATED = ("domains", "regions", "crafts")
NAMES = (*TEXTS, "agreement", *RELATED, *LISTS, *LIMIT, *DAYS, *CONTACT, "requirements")
_REQUIREMENT = ("name_ar", "name_fr", "is_required")


def values_of(offer: Offer) -> Values:
    """Everything that an offer says, in the order in which it is shown; four queries at the most."""
    found = {name: getattr(offer, name) for name in (*TEXTS, *LIMIT, *CONTACT)}
    found |= {name: day.isoformat() if (day := getattr(offer, name)) else None for name in DAYS}
    found |= {name: [str(item) for item in getattr(offer, name)] for name in LISTS}
    found |= {name: sorted(item.pk for item in getattr(offer, name).all()) for name in RELATED}
    found["agreement"] = offer.agreement_id
    found["requirements"] = [
        {name: getattr(one, name) for name in _REQUIREMENT} for one in offer.requirements.all()
    ]
    return {name: found[name] for name in NAMES}


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """The names whose values differ, in the order in which they are shown; what `after` leaves out stays."""
    return [name for name in NAMES if name in after and before[name] != after[name]]


def put(offer: Offer, values: Mapping[str, Any]) -> None:
    """Save these values in an offer, those of related records as well; the others stay."""
    for name, value in values.items():
        if name in DAYS:
            setattr(offer, name, date.fromisoformat(value) if value else None)
        elif name == "agreement":
            offer.agreement_id = value
        elif name not in RELATED and name != "requirements":
            setattr(offer, name, value)
    offer.save()
    for name in RELATED:
        if name in values:
            getattr(offer, name).set(values[name])
    if "requirements" in values:
        _put_requirements(offer, values["requirements"])


def _put_requirements(offer: Offer, wanted: Iterable[Mapping[str, Any]]) -> None:
    """A document of the same name stays the same record: papers that were sent for it hang on it."""
    known = {one.name_ar: one for one in offer.requirements.all()}
    kept = []
    for position, row in enumerate(wanted):
        one = known.pop(row["name_ar"], None) or OfferRequirement(offer=offer)
        for name in _REQUIREMENT:
            setattr(one, name, row[name])
        one.position = position
        one.save()
        kept.append(one.pk)
    offer.requirements.exclude(pk__in=kept).delete()
    offer._prefetched_objects_cache = {}
