"""Cards given into their holders' hands, by a proxy where the holder cannot come, and those refused."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cards.enums import FailureKind, ProxyRelation
from cards.models.card import Card
from cards.querysets import HandOverQuerySet
from core.models import Region
from registry.models import Ground


class Proxy(models.Model):
    """Who received one card for its holder, and on which paper."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("Name of the proxy"), max_length=120)
    national_id = models.CharField(_("Identity number of the proxy"), max_length=16)
    relation = models.CharField(_("Relation to the holder"), max_length=12, choices=ProxyRelation)
    # The power of attorney as it was photographed or scanned; protected like a document of the register.
    power = models.FileField(_("Picture of the power"), upload_to="powers/%Y/%m/")
    power_type = models.CharField(max_length=20)

    class Meta:
        verbose_name = _("proxy")
        indexes = [models.Index(fields=["region", "national_id"], name="proxy_identity")]

    def __str__(self) -> str:
        return self.name


class HandOver(models.Model):
    """One hand-over; undone with a reason, never deleted."""

    card = models.ForeignKey(Card, on_delete=models.PROTECT, related_name="hand_overs")
    handed_over_at = models.DateTimeField(_("Handed over"), auto_now_add=True)
    handed_over_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(_("Place"), max_length=200, blank=True)
    # Empty where the holder came in person.
    proxy = models.OneToOneField(
        Proxy, null=True, blank=True, on_delete=models.PROTECT, related_name="hand_over"
    )
    signature = models.FileField(_("Signature"), upload_to="signatures/%Y/%m/", blank=True)
    # The card that this one took the place of, if the holder had one.
    renewed_card = models.ForeignKey(Card, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    undo_reason = models.TextField(_("Reason"), blank=True)

    objects = HandOverQuerySet.as_manager()

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
        indexes = [models.Index(fields=["handed_over_by", "-id"], name="hand_over_by")]

    def __str__(self) -> str:
        return f"{self.card_id} {self.handed_over_at:%Y-%m-%d}"


class HandOverFailure(models.Model):
    """A card that was refused at the counter, or brought back later; the ground is the chamber's."""

    card = models.ForeignKey(Card, on_delete=models.PROTECT, related_name="failures")
    kind = models.CharField(max_length=8, choices=FailureKind)
    ground = models.ForeignKey(Ground, verbose_name=_("Ground"), on_delete=models.PROTECT, related_name="+")
    note = models.CharField(_("In words"), max_length=500, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("hand-over that failed")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.card_id} {self.kind}"
