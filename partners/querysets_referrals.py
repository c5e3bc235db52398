"""What is read of holders' requests, by name."""

from typing import TYPE_CHECKING, Self

from django.utils import timezone

from core.scoping import RegionScopedQuerySet
from partners.enums import OPEN_REFERRALS

if TYPE_CHECKING:
    from partners.models import Partner
    from registry.models import Registrant


class ReferralQuerySet(RegionScopedQuerySet):
    def open(self) -> Self:
        return self.filter(state__in=OPEN_REFERRALS)

    def overdue(self) -> Self:
        return self.open().filter(due_on__lt=timezone.localdate())

    def of_holder(self, registrant: "Registrant") -> Self:
        return self.filter(registrant=registrant)

    def of_partner(self, partner: "Partner") -> Self:
        """The partner's own inbox; the group's other companies have theirs."""
        return self.filter(offer__partner=partner)
