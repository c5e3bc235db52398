"""Merges of two entries: what each was before, so that a merge can be undone for a time."""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.scoping import RegionScopedQuerySet
from registry.models.registrant import Registrant
from registry.models.rules import RegisterRules


class MergeQuerySet(RegionScopedQuerySet):
    region_lookup = "kept__region_id"

    def standing(self) -> Self:
        return self.filter(undone_at__isnull=True)


class Merge(models.Model):
    """One entry put into another. `before` and `after` hold plain values, keyed `kept`, `merged`."""

    kept = models.ForeignKey(Registrant, on_delete=models.PROTECT, related_name="merges_into_it")
    merged = models.ForeignKey(Registrant, on_delete=models.PROTECT, related_name="merges_of_it")
    reason = models.TextField(_("Reason"))
    before = models.JSONField()
    after = models.JSONField()
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(_("Merged on"), auto_now_add=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    undo_reason = models.TextField(_("Reason"), blank=True)

    objects = MergeQuerySet.as_manager()

    class Meta:
        verbose_name = _("merge")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["merged"], condition=Q(undone_at__isnull=True), name="merge_once_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(kept=F("merged")), name="merge_of_two"),
            models.CheckConstraint(condition=~Q(reason=""), name="merge_has_reason"),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | (Q(undone_by__isnull=False) & ~Q(undo_reason="")),
                name="merge_undoing_is_signed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.merged_id} → {self.kept_id}"

    @property
    def undo_until(self) -> datetime:
        """The last moment at which it can be undone: a setting of the chamber that keeps the entry."""
        days = RegisterRules.objects.of(self.kept.region_id).merge_undo_days
        return self.done_at + timedelta(days=days)
