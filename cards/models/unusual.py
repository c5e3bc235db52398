"""Checks of a card that are out of the ordinary, for the card officer to look into."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cards.enums import UnusualKind
from cards.models.card import Card
from cards.querysets import UnusualCheckQuerySet


class UnusualCheck(models.Model):
    """One thing that was noticed about one card; seen again it counts on, until somebody dismisses it.

    Of whoever checked, nothing is kept: neither address nor device, only regions, where they were known.
    """

    card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="unusual_checks")
    kind = models.CharField(_("What was noticed"), max_length=8, choices=UnusualKind)
    first_at = models.DateTimeField(_("First noticed"), auto_now_add=True)
    last_at = models.DateTimeField(_("Last noticed"))
    count = models.PositiveIntegerField(_("How many times"), default=1)
    regions = ArrayField(models.CharField(max_length=2), verbose_name=_("Regions"), default=list, blank=True)
    dismissed_at = models.DateTimeField(null=True, blank=True)
    dismissed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    dismissal = models.TextField(_("Reason"), blank=True)

    objects = UnusualCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("unusual check")
        ordering = ["-last_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["card", "kind"],
                condition=Q(dismissed_at__isnull=True),
                name="unusual_check_open_once",
            ),
            models.CheckConstraint(
                condition=Q(dismissed_at__isnull=True) | (Q(dismissed_by__isnull=False) & ~Q(dismissal="")),
                name="unusual_check_dismissed_has_reason",
            ),
            models.CheckConstraint(condition=Q(count__gte=1), name="unusual_check_counted"),
        ]
        indexes = [
            models.Index(
                fields=["-last_at"], condition=Q(dismissed_at__isnull=True), name="unusual_check_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.card_id} {self.kind}"
