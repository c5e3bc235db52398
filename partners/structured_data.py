"""Offers as search engines read them: the vocabulary of schema.org in JSON-LD.

What is not known is left out: there is no price, no rate and no rating.
"""

import json
from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from core.links import absolute
from partners.enums import Access
from partners.models import Branch, Offer, Partner

CONTEXT = "https://schema.org"
# As `django.utils.html.json_script` writes them: nothing in the data ends the element.
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def as_script(data: dict[str, Any]) -> SafeString:
    """The element that holds the data, which no browser runs: the policy on scripts is not about it."""
    text = json.dumps(data, ensure_ascii=False).translate(_ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308


def offer_data(offer: Offer, branches: Iterable[Branch] | None) -> dict[str, Any]:
    """A schema.org `Offer`, with the places that the page names."""
    address = absolute(reverse("partners:offer", args=[offer.pk]))
    regions = offer.regions.all()
    area = [_area(region.name) for region in regions] or {"@type": "Country", "name": "MA"}
    data = {
        "@context": CONTEXT,
        "@type": "Offer",
        "@id": address,
        "url": address,
        "identifier": offer.code,
        "name": offer.name,
        "description": offer.what or offer.terms,
        "category": [domain.name for domain in offer.domains.all()],
        "offeredBy": _organization(offer.partner),
        "areaServed": area,
        "validFrom": _day(offer.starts_on),
        "validThrough": _day(offer.ends_on),
        "availableAtOrFrom": [_place(branch) for branch in branches or ()],
    }
    return _known(data)


def partner_data(partner: Partner, branches: Iterable[Branch] | None) -> dict[str, Any]:
    """A schema.org `Organization` with its places."""
    places = [_place(branch) for branch in branches or ()]
    return _known({"@context": CONTEXT, **_organization(partner), "location": places})


def _organization(partner: Partner) -> dict[str, Any]:
    address = absolute(reverse("partners:partner", args=[partner.code]))
    parent = _organization(partner.parent) if partner.parent else None
    return _known(
        {
            "@type": "Organization",
            "@id": address,
            "name": partner.name,
            "url": partner.website or address,
            "telephone": partner.phone,
            "email": partner.email,
            "parentOrganization": parent,
        }
    )


def _place(branch: Branch) -> dict[str, Any]:
    commune = branch.commune
    where = None
    if branch.latitude is not None:
        where = {
            "@type": "GeoCoordinates",
            "latitude": float(branch.latitude),
            "longitude": float(branch.longitude),
        }
    return _known(
        {
            "@type": "Place",
            "name": branch.name,
            "branchCode": branch.code,
            "telephone": branch.phone,
            "address": _known(
                {
                    "@type": "PostalAddress",
                    "streetAddress": branch.address,
                    "addressLocality": commune.name,
                    "addressRegion": commune.province.region.name,
                    "addressCountry": "MA",
                }
            ),
            "geo": where,
            "amenityFeature": _access(branch),
        }
    )


def _access(branch: Branch) -> dict[str, Any] | None:
    if branch.access == Access.UNKNOWN:
        return None
    feature = {"@type": "LocationFeatureSpecification", "name": "wheelchairAccessible"}
    return feature | {"value": branch.get_access_display()}


def _area(name: str) -> dict[str, str]:
    return {"@type": "AdministrativeArea", "name": name}


def _day(day) -> str:
    return day.isoformat() if day else ""


def _known(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value not in ("", None, [], {})}
