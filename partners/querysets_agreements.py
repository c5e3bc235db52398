"""What is read of agreements and adhesions, by name."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from core.scoping import RegionScopedQuerySet
from partners.enums import AdhesionState, AgreementState

if TYPE_CHECKING:
    from core.models import Chamber


class AgreementQuerySet(models.QuerySet):
    def in_force(self) -> Self:
        """Signed, and today lies between its dates."""
        today = timezone.localdate()
        return self.filter(
            Q(starts_on__isnull=True) | Q(starts_on__lte=today),
            Q(ends_on__isnull=True) | Q(ends_on__gte=today),
            state=AgreementState.SIGNED,
        )


class AdhesionQuerySet(RegionScopedQuerySet):
    region_lookup = "chamber__region_id"

    def in_force(self) -> Self:
        """Voted, and not ended."""
        today = timezone.localdate()
        return self.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=today), state=AdhesionState.VOTED, voted_on__lte=today
        )

    def of_chamber(self, chamber: "Chamber") -> Self:
        return self.filter(chamber=chamber)
