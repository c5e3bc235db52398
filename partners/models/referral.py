"""A holder's request for what an offer gives, sent to the partner with the documents that it asks for."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.models import Region
from partners.enums import OPEN_REFERRALS, PARTNERS_TURN, ReferralState, RefusalGround
from partners.models.branch import Branch
from partners.models.offer import Offer, OfferRequirement
from partners.querysets.referrals import ReferralQuerySet
from registry.models import Registrant


class Referral(models.Model):
    number = models.CharField(_("Number of the request"), max_length=20, unique=True)
    offer = models.ForeignKey(
        Offer, verbose_name=_("Offer"), on_delete=models.PROTECT, related_name="referrals"
    )
    registrant = models.ForeignKey(Registrant, on_delete=models.PROTECT, related_name="referrals")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    # Where the holder would go; empty: wherever the partner says.
    branch = models.ForeignKey(
        Branch,
        verbose_name=pgettext_lazy("partner", "Branch"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="referrals",
    )
    state = models.CharField(_("State"), max_length=16, choices=ReferralState, default=ReferralState.SENT)
    sent_at = models.DateTimeField(_("Sent"))
    due_on = models.DateField(_("To be answered by"))
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("In the hands of"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ground = models.CharField(_("Ground"), max_length=14, choices=RefusalGround, blank=True)
    # What the partner asks for, answers or refuses with; the holder reads it.
    answer = models.TextField(pgettext_lazy("to a request", "Answer"), blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("request for an offer")
        constraints = [
            models.UniqueConstraint(
                fields=["offer", "registrant"],
                condition=Q(state__in=OPEN_REFERRALS),
                name="referral_one_open",
            ),
            models.CheckConstraint(
                condition=~Q(state=ReferralState.REFUSED) | (~Q(ground="") & ~Q(answer="")),
                name="referral_refusal_has_ground",
            ),
            models.CheckConstraint(
                condition=~Q(state=ReferralState.DOCUMENTS_ASKED) | ~Q(answer=""),
                name="referral_says_what_is_asked",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ReferralState.ACCEPTED, ReferralState.REFUSED])
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="referral_decision_dated",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due_on"], name="referral_by_due"),
            models.Index(fields=["registrant", "-id"], name="referral_by_holder"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_REFERRALS

    @property
    def is_overdue(self) -> bool:
        """The same as `ReferralQuerySet.overdue`, of one request."""
        return self.state in PARTNERS_TURN and self.due_on < timezone.localdate()

    @property
    def shows_documents(self) -> bool:
        """Whether the partner has a reason to look at the papers: not once it was refused or taken back."""
        return self.is_open or self.state == ReferralState.ACCEPTED


class ReferralDocument(models.Model):
    """A paper that the holder gives to this one partner for this one request."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="documents")
    requirement = models.ForeignKey(
        OfferRequirement, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    title = models.CharField(_("Document"), max_length=200)
    file = models.FileField(upload_to="referrals/%Y/%m/")
    content_type = models.CharField(max_length=40)
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("document of a request")

    def __str__(self) -> str:
        return self.title
