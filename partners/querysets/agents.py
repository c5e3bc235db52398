"""What is read of those who act for partners, by name."""

from typing import TYPE_CHECKING, Self

from django.db import models

from core.roles import Role

if TYPE_CHECKING:
    from partners.models import Partner


class PartnerAgentQuerySet(models.QuerySet):
    def of_partner(self, partner: "Partner") -> Self:
        return self.filter(partner=partner)

    def administrators(self) -> Self:
        return self.filter(user__roles__contains=[Role.PARTNER_ADMIN])

    def with_list_columns(self) -> Self:
        """Open accounts first, administrators before the others."""
        listed = self.select_related("user", "branch", "partner")
        return listed.order_by("-user__is_active", "user__roles", "user__username")
