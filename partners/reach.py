"""Where running offers reach, in one readable module: which regions, which crafts, which communes.

An offer reaches a region that lies in its area and whose chamber takes part in its agreement, where the
agreement asks for that. It reaches a craft there that it is for: each, or those it names. A commune is
served where a partner with such an offer has an open branch in its province.
"""

from dataclasses import dataclass
from functools import cached_property

from core.models import Province, Region
from partners.models import Adhesion, Branch, Offer
from registry.models import Craft


@dataclass(frozen=True)
class Reach:
    """What is asked of the database once; everything else is worked out of it."""

    regions: list[Region]
    offers: list[Offer]
    # Agreement and region of each adhesion in force.
    adhered: frozenset[tuple[int, str]]

    @classmethod
    def now(cls) -> "Reach":
        adhered = Adhesion.objects.in_force().values_list("agreement_id", "chamber__region_id")
        return cls(
            regions=list(Region.objects.all()),
            offers=list(Offer.objects.running().with_list_columns()),
            adhered=frozenset(adhered),
        )

    @cached_property
    def by_region(self) -> dict[str, list[Offer]]:
        """The offers that reach each region."""
        return {
            region.pk: [offer for offer in self.offers if self.reaches(offer, region.pk)]
            for region in self.regions
        }

    def reaches(self, offer: Offer, region_code: str) -> bool:
        area = {region.pk for region in offer.regions.all()}
        if area and region_code not in area:
            return False
        agreement = offer.agreement
        return (
            agreement is None or not agreement.needs_adhesion or (agreement.pk, region_code) in self.adhered
        )

    def by_domain(self) -> dict[str | None, dict[str, int]]:
        """How many offers of each domain reach each region; None stands for offers without domain."""
        found: dict[str | None, dict[str, int]] = {}
        for region_code, offers in self.by_region.items():
            for offer in offers:
                for domain in [domain.pk for domain in offer.domains.all()] or [None]:
                    counts = found.setdefault(domain, {})
                    counts[region_code] = counts.get(region_code, 0) + 1
        return found

    def crafts_left_out(self, region_codes: list[str]) -> list[tuple[Craft, list[str]]]:
        """Crafts of the list in use, each with those of the regions where no offer is for it."""
        open_to_all, named = set(), {}
        for region_code in region_codes:
            crafts = [{craft.pk for craft in offer.crafts.all()} for offer in self.by_region[region_code]]
            if not all(crafts):
                open_to_all.add(region_code)
            named[region_code] = set().union(*crafts)
        found = []
        for craft in Craft.objects.current().order_by("branch__code", "code"):
            left = [code for code in region_codes if code not in open_to_all and craft.pk not in named[code]]
            if left:
                found.append((craft, left))
        return found

    def provinces_left_out(self, region_codes: list[str]) -> list[Province]:
        """Provinces without an open branch of any partner whose offer reaches their region."""
        places = Branch.objects.open().order_by().distinct()
        places = places.values_list("partner_id", "commune__province_id", "commune__province__region_id")
        partners = {code: {offer.partner_id for offer in self.by_region[code]} for code in region_codes}
        served = {
            province
            for partner, province, region in places
            if region in partners and partner in partners[region]
        }
        provinces = Province.objects.with_communes().filter(region__in=region_codes)
        return [province for province in provinces.select_related("region") if province.pk not in served]
