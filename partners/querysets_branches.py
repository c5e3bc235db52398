"""What is read of partners' places, by name."""

from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from partners.models import Partner


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
