"""A holder's use of an offer, and the short-lived code by which a till records it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import Region
from partners.enums import UseWay, VoucherState
from partners.models.branch import Branch
from partners.models.offer import Offer
from partners.querysets.uses import UseQuerySet, VoucherQuerySet
from registry.models import Registrant


class Voucher(models.Model):
    """A code shown on the holder's phone, good for minutes and for one use."""

    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="vouchers")
    registrant = models.ForeignKey(Registrant, on_delete=models.PROTECT, related_name="vouchers")
    code = models.CharField(_("Code"), max_length=12, unique=True)
    state = models.CharField(_("State"), max_length=10, choices=VoucherState, default=VoucherState.ISSUED)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    objects = VoucherQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("voucher")
        constraints = [
            # Two clicks show one code.
            models.UniqueConstraint(
                fields=["offer", "registrant"],
                condition=Q(state=VoucherState.ISSUED),
                name="voucher_one_live",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("issued_at")), name="voucher_expires_after_issue"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offer_id}: {self.registrant_id}"

    @property
    def is_good(self) -> bool:
        """The same as `VoucherQuerySet.live`, of one voucher."""
        return self.state == VoucherState.ISSUED and self.expires_at > timezone.now()


class OfferUse(models.Model):
    """One use. The limit a person is held by the database: a use has a number within its period, no number
    is given twice, and none lies above the limit that the offer had."""

    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="uses")
    registrant = models.ForeignKey(Registrant, on_delete=models.PROTECT, related_name="offer_uses")
    # The region of the holder's chamber when it was used: figures stay true when somebody moves.
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    way = models.CharField(_("How"), max_length=10, choices=UseWay)
    voucher = models.OneToOneField(
        Voucher, null=True, blank=True, on_delete=models.PROTECT, related_name="use"
    )
    branch = models.ForeignKey(Branch, null=True, blank=True, on_delete=models.PROTECT, related_name="uses")
    # "" for a limit in all, "2026" for one a year, "2026-11" for one a month.
    period = models.CharField(max_length=7, blank=True)
    number = models.PositiveIntegerField()
    # The offer's limit when it was used; empty: none.
    limit = models.PositiveSmallIntegerField(null=True, blank=True)
    used_at = models.DateTimeField(_("Used at"))
    # Empty where a partner's till recorded it with a key.
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_key = models.ForeignKey(
        "partners.ApiKey", null=True, blank=True, on_delete=models.PROTECT, related_name="uses"
    )
    # Made with the form that recorded it: the same form sent twice records one use.
    form_id = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancel_reason = models.CharField(_("Reason"), max_length=300, blank=True)

    objects = UseQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("use of an offer")
        constraints = [
            models.UniqueConstraint(
                fields=["offer", "registrant", "period", "number"],
                condition=Q(cancelled_at__isnull=True),
                name="use_number_once",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1) & (Q(limit__isnull=True) | Q(number__lte=F("limit"))),
                name="use_within_limit",
            ),
            models.CheckConstraint(
                condition=Q(recorded_by__isnull=False, recorded_key__isnull=True)
                | Q(recorded_by__isnull=True, recorded_key__isnull=False),
                name="use_recorded_by_one",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True) | ~Q(cancel_reason=""), name="use_cancelled_has_reason"
            ),
            models.CheckConstraint(
                condition=~Q(way=UseWay.VOUCHER) | Q(voucher__isnull=False), name="use_by_voucher_has_it"
            ),
        ]
        indexes = [
            models.Index(fields=["registrant", "offer"], name="use_by_holder"),
            models.Index(fields=["offer", "-used_at"], name="use_by_offer"),
        ]

    def __str__(self) -> str:
        return f"{self.offer_id}: {self.registrant_id} ({self.number})"
