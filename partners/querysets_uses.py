"""What is read of uses and vouchers, by name."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.utils import timezone

from core.scoping import RegionScopedQuerySet
from partners.enums import VoucherState

if TYPE_CHECKING:
    from partners.models import Partner
    from registry.models import Registrant


class VoucherQuerySet(models.QuerySet):
    def live(self) -> Self:
        """Issued, and its minutes are not over."""
        return self.filter(state=VoucherState.ISSUED, expires_at__gt=timezone.now())

    def of_holder(self, registrant: "Registrant") -> Self:
        return self.filter(registrant=registrant)


class UseQuerySet(RegionScopedQuerySet):
    def standing(self) -> Self:
        """Those that were not taken back."""
        return self.filter(cancelled_at__isnull=True)

    def of_holder(self, registrant: "Registrant") -> Self:
        return self.filter(registrant=registrant)

    def of_partner(self, partner: "Partner") -> Self:
        return self.filter(offer__partner=partner)
