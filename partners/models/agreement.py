"""What was signed with a partner, and which chambers joined it by a vote of their own."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import Chamber
from core.models.territory import BilingualName
from partners.enums import AdhesionState, AgreementState
from partners.models.partner import Partner
from partners.querysets.agreements import AdhesionQuerySet, AgreementQuerySet


class Agreement(BilingualName):
    """Signed nationally with a partner. Each chamber's assembly then votes its own adhesion."""

    partner = models.ForeignKey(
        Partner, verbose_name=_("Partner"), on_delete=models.PROTECT, related_name="agreements"
    )
    reference = models.CharField(_("Reference"), max_length=60, blank=True)
    state = models.CharField(
        _("State"), max_length=10, choices=AgreementState, default=AgreementState.PREPARED
    )
    signed_on = models.DateField(_("Signed on"), null=True, blank=True)
    starts_on = models.DateField(_("From"), null=True, blank=True)
    # Empty: no end is known.
    ends_on = models.DateField(_("Until"), null=True, blank=True)
    end_reason = models.CharField(_("Why it ended"), max_length=300, blank=True)
    needs_adhesion = models.BooleanField(
        _("Each chamber joins by a vote of its assembly"),
        default=True,
        help_text=_("Otherwise its offers hold for the holders of every chamber."),
    )
    # When it was last written that it ends soon: once for each end.
    reminded_on = models.DateField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("partnership agreement")
        ordering = ["partner__name_fr", "-signed_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=AgreementState.PREPARED) | Q(signed_on__isnull=False),
                name="agreement_signed_has_date",
            ),
            models.CheckConstraint(
                condition=~Q(state=AgreementState.ENDED) | ~Q(end_reason=""), name="agreement_end_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="agreement_ends_after_start",
            ),
        ]

    @property
    def is_over(self) -> bool:
        """Its time ran out, though nobody ended it."""
        return (
            self.state == AgreementState.SIGNED and bool(self.ends_on) and self.ends_on < timezone.localdate()
        )

    @property
    def is_in_force(self) -> bool:
        """The same as `AgreementQuerySet.in_force`, of one agreement."""
        today = timezone.localdate()
        return (
            self.state == AgreementState.SIGNED
            and (self.starts_on is None or self.starts_on <= today)
            and (self.ends_on is None or self.ends_on >= today)
        )


class Adhesion(models.Model):
    """A chamber's own vote to join an agreement."""

    agreement = models.ForeignKey(
        Agreement, verbose_name=_("Agreement"), on_delete=models.CASCADE, related_name="adhesions"
    )
    chamber = models.ForeignKey(
        Chamber, verbose_name=_("Chamber"), on_delete=models.PROTECT, related_name="adhesions"
    )
    state = models.CharField(_("State"), max_length=10, choices=AdhesionState, default=AdhesionState.PROPOSED)
    # The session of the chamber's assembly.
    voted_on = models.DateField(_("Date of the vote"), null=True, blank=True)
    ends_on = models.DateField(_("Until"), null=True, blank=True)
    reason = models.CharField(_("Reason"), max_length=300, blank=True)
    # As of an agreement.
    reminded_on = models.DateField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = AdhesionQuerySet.as_manager()

    class Meta:
        verbose_name = _("chamber's adhesion to an agreement")
        ordering = ["agreement_id", "chamber_id"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "chamber"], name="adhesion_once"),
            models.CheckConstraint(
                condition=Q(state=AdhesionState.PROPOSED) | Q(voted_on__isnull=False),
                name="adhesion_voted_has_date",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[AdhesionState.REFUSED, AdhesionState.ENDED]) | ~Q(reason=""),
                name="adhesion_refusal_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(voted_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("voted_on")),
                name="adhesion_ends_after_vote",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement}: {self.chamber}"

    @property
    def is_in_force(self) -> bool:
        """The same as `AdhesionQuerySet.in_force`, of one adhesion."""
        today = timezone.localdate()
        return self.state == AdhesionState.VOTED and (self.ends_on is None or self.ends_on >= today)
