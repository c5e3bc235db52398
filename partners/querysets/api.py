"""What is read of tills' keys, by name."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.utils import timezone

from partners.enums import PartnerState

if TYPE_CHECKING:
    from partners.models import Partner


class ApiKeyQuerySet(models.QuerySet):
    def usable(self) -> Self:
        """Not revoked, not past its time, and of a partner whose partnership has not ended."""
        return self.filter(
            revoked_at__isnull=True, expires_at__gt=timezone.now(), partner__state=PartnerState.ACTIVE
        )

    def of_partner(self, partner: "Partner") -> Self:
        return self.filter(partner=partner)

    def with_list_columns(self) -> Self:
        """Keys that still open something first."""
        return self.select_related("branch", "created_by", "partner").order_by(
            models.F("revoked_at").desc(nulls_first=True), "-expires_at", "-id"
        )
