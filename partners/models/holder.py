"""What holders keep and say of offers."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.models import Region
from partners.enums import Experience, FollowUpState, RefusalGround
from partners.models.branch import Branch
from partners.models.offer import Offer
from partners.models.referral import Referral
from partners.models.use import OfferUse
from partners.querysets.feedback import FeedbackQuerySet
from registry.models import Registrant


class Favourite(models.Model):
    registrant = models.ForeignKey(Registrant, on_delete=models.CASCADE, related_name="favourite_offers")
    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["registrant", "offer"], name="favourite_once")]

    def __str__(self) -> str:
        return f"{self.registrant_id}: {self.offer_id}"


class Feedback(models.Model):
    """How it went, or that it was refused, and what the chamber did about a refusal.

    A partner that refuses a request says so itself; its holder may still speak of it, and is then who did.
    """

    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="feedback")
    registrant = models.ForeignKey(Registrant, on_delete=models.PROTECT, related_name="offer_feedback")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    branch = models.ForeignKey(
        Branch,
        verbose_name=pgettext_lazy("partner", "Branch"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    # What it speaks of, where the portal knows of it: a card may be shown without anybody recording it.
    use = models.OneToOneField(
        OfferUse, null=True, blank=True, on_delete=models.PROTECT, related_name="feedback"
    )
    referral = models.OneToOneField(
        Referral, null=True, blank=True, on_delete=models.PROTECT, related_name="feedback"
    )
    experience = models.CharField(_("What became of it"), max_length=8, choices=Experience)
    ground = models.CharField(_("Reason that was given"), max_length=14, choices=RefusalGround, blank=True)
    words = models.TextField(_("In your own words"), max_length=1000, blank=True)
    said_at = models.DateTimeField(auto_now_add=True)
    # The partner refused the request, and its holder has said nothing of it.
    by_partner = models.BooleanField(default=False)
    # Only a refusal is followed up.
    follow_up = models.CharField(_("Follow-up"), max_length=8, choices=FollowUpState, blank=True)
    follow_up_note = models.TextField(_("What was done"), blank=True)
    followed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("word of a holder")
        constraints = [
            models.CheckConstraint(
                condition=(Q(experience=Experience.REFUSED) & ~Q(follow_up=""))
                | (~Q(experience=Experience.REFUSED) & Q(follow_up="")),
                name="feedback_refusal_is_followed",
            ),
            models.CheckConstraint(
                condition=Q(by_partner=False) | Q(experience=Experience.REFUSED, referral__isnull=False),
                name="feedback_by_partner_of_request",
            ),
            models.CheckConstraint(
                condition=~Q(follow_up=FollowUpState.SETTLED) | ~Q(follow_up_note=""),
                name="feedback_settled_says_how",
            ),
        ]
        indexes = [models.Index(fields=["follow_up", "region"], name="feedback_to_follow")]

    def __str__(self) -> str:
        return f"{self.offer_id}: {self.experience}"
