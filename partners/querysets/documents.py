"""What is read of the papers of agreements, adhesions and offers, by name."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from core.roles import Permission

if TYPE_CHECKING:
    from core.models import User


class DocumentQuerySet(models.QuerySet):
    def of_shown_offers(self) -> Self:
        """Those that every reader may open."""
        offers = self.model.offer.field.related_model.objects.running()
        return self.filter(offer__in=offers)

    def visible_to(self, user: "User") -> Self:
        """Staff's: of agreements and offers for all of them, of an adhesion within the reader's region."""
        if not user.can(Permission.VIEW_PARTNERSHIPS):
            return self.none()
        if user.sees_all_regions:
            return self.all()
        return self.filter(Q(adhesion__isnull=True) | Q(adhesion__chamber__region=user.region_id))

    def with_owners(self) -> Self:
        return self.select_related(
            "agreement__partner", "adhesion__chamber__region", "adhesion__agreement", "offer__partner"
        )
