"""What is read of agreements and adhesions, by name."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from core.arabic import fold
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

    def ending_soon(self) -> Self:
        """In force, and over within the days of `PartnershipRules.notice_before_end_days`."""
        return self.in_force().filter(ends_on__lte=_notice_until(self.model))

    def search(self, text: str) -> Self:
        """By words of the name, the reference or the partner; names of partners compared folded."""
        found = self
        for word in (text or "").split():
            found = found.filter(
                Q(name_ar__icontains=word)
                | Q(name_fr__icontains=word)
                | Q(reference__icontains=word)
                | Q(partner__search_key__contains=fold(word))
            )
        return found

    def with_list_columns(self) -> Self:
        """What a line shows: the partner, and how many chambers joined."""
        in_force = Q(adhesions__state=AdhesionState.VOTED)
        counted = self.select_related("partner__parent").annotate(joined=Count("adhesions", filter=in_force))
        # A count of related rows forgets the usual order.
        return counted.order_by(*self.model._meta.ordering)


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

    def ending_soon(self) -> Self:
        """As of agreements; those whose agreement is over are over with it."""
        agreements = self.model.agreement.field.related_model.objects.in_force()
        return self.in_force().filter(
            Exists(agreements.filter(pk=OuterRef("agreement_id"))), ends_on__lte=_notice_until(self.model)
        )

    def awaiting_vote(self) -> Self:
        return self.filter(state=AdhesionState.PROPOSED)

    def with_places(self) -> Self:
        """With the agreement, its partner and the chamber."""
        return self.select_related("agreement__partner", "chamber__region")


def _notice_until(model: type[models.Model]) -> date:
    rules = model._meta.apps.get_model("partners", "PartnershipRules").current()
    return timezone.localdate() + timedelta(days=rules.notice_before_end_days)
