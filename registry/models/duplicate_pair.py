"""Two entries that may be one person: found by the portal, decided by people, and remembered."""

from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registry.enums import DuplicateReason, PairState
from registry.models.registrant import Registrant


class DuplicatePairQuerySet(models.QuerySet):
    def visible_to(self, user) -> Self:
        """A pair is the business of a region when one of the two is there."""
        if user.sees_all_regions:
            return self.all()
        if user.is_staff_member and user.region_id:
            return self.filter(Q(first_region=user.region_id) | Q(second_region=user.region_id))
        return self.none()

    def waiting(self) -> Self:
        """Undecided, the likeliest first, then the oldest."""
        return self.filter(state=PairState.OPEN).order_by("-score", "id")

    def of(self, registrant: Registrant) -> Self:
        return self.filter(Q(first=registrant) | Q(second=registrant))

    def with_both(self) -> Self:
        return self.select_related("first__region", "first__commune", "second__region", "second__commune")


class DuplicatePair(models.Model):
    """A pair is kept once, the entry with the lower key first.

    The regions stand here too, so that a region's queue is found by an index. `reasons` of a pair that was
    decided to be two people are those that were decided on: it comes back only with a new one.
    """

    first = models.ForeignKey(Registrant, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Registrant, on_delete=models.CASCADE, related_name="+")
    first_region = models.CharField(max_length=2)
    second_region = models.CharField(max_length=2)
    reasons = ArrayField(models.CharField(max_length=24, choices=DuplicateReason), verbose_name=_("Why"))
    score = models.PositiveSmallIntegerField(_("Likelihood"))
    state = models.CharField(_("State"), max_length=8, choices=PairState, default=PairState.OPEN)
    found_at = models.DateTimeField(_("Found"), auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reason = models.TextField(_("Reason"), blank=True)

    objects = DuplicatePairQuerySet.as_manager()

    class Meta:
        verbose_name = _("possible duplicate")
        ordering = ["-score", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="duplicate_pair_in_order"),
            models.UniqueConstraint(fields=["first", "second"], name="duplicate_pair_once"),
            models.CheckConstraint(condition=Q(score__range=(0, 100)), name="duplicate_pair_score"),
            models.CheckConstraint(condition=~Q(reasons=[]), name="duplicate_pair_has_reasons"),
            models.CheckConstraint(
                condition=Q(state=PairState.OPEN, decided_at__isnull=True)
                | (~Q(state=PairState.OPEN) & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="duplicate_pair_decision_is_signed",
            ),
        ]
        indexes = [
            models.Index(
                fields=["first_region", "-score", "id"],
                condition=Q(state="open"),
                name="duplicate_pair_first",
            ),
            models.Index(
                fields=["second_region", "-score", "id"],
                condition=Q(state="open"),
                name="duplicate_pair_second",
            ),
            models.Index(fields=["-score", "id"], condition=Q(state="open"), name="duplicate_pair_waiting"),
            GinIndex(fields=["reasons"], condition=Q(state="open"), name="duplicate_pair_reasons"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id}-{self.second_id}"

    @property
    def reason_words(self) -> list[str]:
        known = dict(DuplicateReason.choices)
        return [str(known[reason]) for reason in self.reasons]

    @property
    def crosses_regions(self) -> bool:
        return self.first_region != self.second_region
