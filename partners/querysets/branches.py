"""What is read of partners' places, by name."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, Q

if TYPE_CHECKING:
    from partners.models import Offer, Partner


class BranchQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(is_open=True)

    def of_partner(self, partner: "Partner") -> Self:
        return self.filter(partner=partner)

    def in_region(self, region_code: str) -> Self:
        return self.filter(commune__province__region=region_code)

    def with_places(self) -> Self:
        """With all that names where a branch is."""
        return self.select_related("commune__province__region")

    def of_offer(self, offer: "Offer") -> Self:
        """Open places where the offer is used: the partner's, in the regions that it names."""
        places = self.open().filter(partner=offer.partner_id)
        regions = [region.pk for region in offer.regions.all()]
        return places.filter(commune__province__region__in=regions) if regions else places

    def by_place(self) -> Self:
        return self.order_by("commune__province__region", "commune", "code")

    def count_by_region(self) -> dict[str, int]:
        """How many places each region has, by its code, in the order of codes."""
        place = "commune__province__region"
        counted = self.order_by().values(place).annotate(total=Count("pk")).order_by(place)
        return {row[place]: row["total"] for row in counted}

    def search(self, text: str) -> Self:
        """By the partner's own code, or by words of the name, address or commune."""
        found = self
        for word in (text or "").split():
            found = found.filter(
                Q(code__iexact=word)
                | Q(name_ar__icontains=word)
                | Q(name_fr__icontains=word)
                | Q(address_ar__icontains=word)
                | Q(address_fr__icontains=word)
                | Q(commune__name_ar__icontains=word)
                | Q(commune__name_fr__icontains=word)
            )
        return found
