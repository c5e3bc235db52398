"""What is read of partners and offers, by name."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from partners.enums import OfferState


class PartnerQuerySet(models.QuerySet):
    def with_domains(self) -> Self:
        return self.select_related("parent").prefetch_related("domains")


class OfferQuerySet(models.QuerySet):
    def running(self) -> Self:
        """Published, and today lies between its dates."""
        today = timezone.localdate()
        return self.filter(
            Q(starts_on__isnull=True) | Q(starts_on__lte=today),
            Q(ends_on__isnull=True) | Q(ends_on__gte=today),
            state=OfferState.PUBLISHED,
        )

    def in_region(self, region_code: str) -> Self:
        """Offers for the whole country, and those that name the region."""
        return self.filter(Q(regions__isnull=True) | Q(regions=region_code)).distinct()

    def for_catalogue(self) -> Self:
        return self.select_related("partner__parent").prefetch_related("domains")
