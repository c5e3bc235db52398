"""Cards given into their holders' hands."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cards.models.card import Card


class HandOver(models.Model):
    """One hand-over; undone with a reason, never deleted."""

    card = models.ForeignKey(Card, on_delete=models.PROTECT, related_name="hand_overs")
    handed_over_at = models.DateTimeField(_("Handed over"), auto_now_add=True)
    handed_over_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(_("Place"), max_length=200, blank=True)
    # The card that this one took the place of, if the holder had one.
    renewed_card = models.ForeignKey(Card, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    undo_reason = models.TextField(_("Reason"), blank=True)

    class Meta:
        verbose_name = _("hand-over")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["card"], condition=Q(undone_at__isnull=True), name="hand_over_once"
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | (~Q(undo_reason="") & Q(undone_by__isnull=False)),
                name="hand_over_undone_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.card_id} {self.handed_over_at:%Y-%m-%d}"
