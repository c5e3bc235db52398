"""What an offer says, put into words for who reads, and two versions of it side by side."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from core.dates import date_in_words
from core.models import Region, ServiceDomain
from core.templatetags.portal import spoken_phone
from partners.enums import UsePeriod, UseWay
from partners.models import Agreement, Offer
from partners.offer_values import DAYS, NAMES
from registry.enums import Kind
from registry.models import Craft

_CHOICES = {"kinds": Kind, "ways": UseWay}
_RELATED = {"domains": ServiceDomain, "regions": Region, "crafts": Craft}
# What an empty list means, which nobody should have to guess.
_NONE = {
    "regions": lambda: _("The whole country"),
    "kinds": lambda: _("Every kind"),
    "crafts": lambda: _("Every craft"),
    "limit_per_person": lambda: _("No limit"),
}


class Side(NamedTuple):
    """One thing that an offer says, before and after. `language` is that of the words, if they have one."""

    label: str
    old: str
    new: str
    language: str


def label_of(name: str) -> str:
    if name == "requirements":
        return _("Documents asked for")
    return str(Offer._meta.get_field(name).verbose_name)


def sides(before: Mapping[str, Any], after: Mapping[str, Any], names: Iterable[str] = NAMES) -> list[Side]:
    """The named values of two versions, in words; a query for each kind of related record."""
    names = list(names)
    known = _names_of(names, before, after)
    return [
        Side(
            label_of(name),
            _words(name, before.get(name), known),
            _words(name, after.get(name), known),
            name[-2:] if name.endswith(("_ar", "_fr")) else "",
        )
        for name in names
    ]


def _names_of(names: Iterable[str], *versions: Mapping[str, Any]) -> dict[str, dict[Any, str]]:
    known = {}
    for name, model in _RELATED.items():
        keys = {key for values in versions for key in values.get(name) or ()} if name in names else ()
        known[name] = {one.pk: one.name for one in model.objects.filter(pk__in=keys)} if keys else {}
    agreements = {values.get("agreement") for values in versions} - {None} if "agreement" in names else ()
    found = Agreement.objects.filter(pk__in=agreements) if agreements else ()
    return known | {"agreement": {one.pk: one.name for one in found}}


def _words(name: str, value: Any, known: Mapping[str, Mapping[Any, str]]) -> str:
    if value in (None, "", []):
        return _NONE[name]() if name in _NONE else ""
    if name in DAYS:
        return date_in_words(date.fromisoformat(value))
    if name in _RELATED:
        return _listed(known[name].get(key, str(key)) for key in value)
    if name == "agreement":
        return known[name].get(value, str(value))
    if name in _CHOICES:
        return _listed(str(_CHOICES[name](key).label) for key in value)
    if name == "limit_period":
        return str(UsePeriod(value).label)
    if name == "contact_phone":
        return spoken_phone(value)
    if name == "requirements":
        return _listed(f"{row['name_ar']} / {row['name_fr']}" for row in value)
    return str(value)


def _listed(words: Iterable[str]) -> str:
    return _(", ").join(words)
