"""Mandates of a bureau: the database itself refuses that two overlap."""

from datetime import date

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.enums import SINGLE_POSTS, Post
from registry.models.craft_body import CraftBody
from registry.models.ground import Ground
from registry.models.registrant import Registrant
from registry.querysets_bodies import MandateQuerySet


class Mandate(models.Model):
    """A post of the bureau from its first day to the day before its end; open where no length is set."""

    body = models.ForeignKey(CraftBody, on_delete=models.PROTECT, related_name="mandates")
    registrant = models.ForeignKey(Registrant, on_delete=models.PROTECT, related_name="mandates")
    post = models.CharField(_("Post"), max_length=20, choices=Post)
    period = DateRangeField(_("Period"))
    # As it was given; the period is cut short when the mandate is ended before.
    planned_end = models.DateField(_("Ends on"), null=True, blank=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(auto_now_add=True)
    end_ground = models.ForeignKey(
        Ground,
        verbose_name=_("Ground"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    end_reason = models.TextField(_("Reason"), blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = _("mandate")
        ordering = ["-id"]
        constraints = [
            ExclusionConstraint(
                name="mandate_one_at_a_time",
                expressions=[
                    ("body", RangeOperators.EQUAL),
                    ("post", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                condition=Q(post__in=SINGLE_POSTS),
            ),
            ExclusionConstraint(
                name="mandate_one_post_a_person",
                expressions=[
                    ("body", RangeOperators.EQUAL),
                    ("registrant", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=Q(period__isempty=False, period__startswith__isnull=False),
                name="mandate_has_a_first_day",
            ),
            models.CheckConstraint(
                condition=Q(ended_by__isnull=True, end_reason="", end_ground__isnull=True)
                | (Q(ended_by__isnull=False, end_ground__isnull=False) & ~Q(end_reason="")),
                name="mandate_end_is_grounded",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_post_display()} ({self.body})"

    @property
    def starts_on(self) -> date:
        return self.period.lower

    @property
    def ends_on(self) -> date | None:
        """The first day on which it is over; None where no end is set."""
        return self.period.upper
