"""The check of an offer by a second person, against points that everybody can read."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from partners.enums import ChangeState, ReviewOutcome
from partners.models.offer import Offer


class CheckPoint(models.Model):
    """One thing to look at before an offer is published. The list itself is public."""

    code = models.SlugField(max_length=40, unique=True)
    text_ar = models.CharField(max_length=300)
    text_fr = models.CharField(max_length=300)
    position = models.PositiveSmallIntegerField()
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("point to check")

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        return self.text_ar if (get_language() or "ar").startswith("ar") else self.text_fr


class OfferReview(models.Model):
    """One check: what was answered to each point, and what came of it."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="reviews")
    # `OfferChange`, where new words were checked and not a new offer.
    change = models.ForeignKey(
        "partners.OfferChange", null=True, blank=True, on_delete=models.CASCADE, related_name="reviews"
    )
    outcome = models.CharField(max_length=10, choices=ReviewOutcome)
    # {code of the point: whether it holds}
    answers = models.JSONField(default=dict)
    reason = models.TextField(_("Reason"), blank=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("check of an offer")
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome=ReviewOutcome.RETURNED) | ~Q(reason=""), name="offer_return_has_reason"
            )
        ]

    def __str__(self) -> str:
        return f"{self.offer_id} {self.outcome}"


class OfferChange(models.Model):
    """New words, terms or dates for a published offer, which is shown as it was until they are checked."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="changes")
    state = models.CharField(_("State"), max_length=10, choices=ChangeState, default=ChangeState.PROPOSED)
    # Names of the offer's fields and their new values; keys of related records in lists.
    values = models.JSONField(encoder=DjangoJSONEncoder)
    # `Offer.version` that the values were written on.
    on_version = models.PositiveIntegerField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(_("Reason"), blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("change of an offer")
        constraints = [
            models.UniqueConstraint(
                fields=["offer"], condition=Q(state=ChangeState.PROPOSED), name="offer_change_one_open"
            ),
            models.CheckConstraint(
                condition=~Q(state=ChangeState.ACCEPTED)
                | (Q(decided_by__isnull=False) & ~Q(decided_by=F("proposed_by"))),
                name="offer_change_checked_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state=ChangeState.RETURNED) | ~Q(reason=""), name="offer_change_return_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offer_id} {self.state}"
