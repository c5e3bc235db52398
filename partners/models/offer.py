"""What a partner offers to holders of the card.

Terms that nobody has confirmed are empty: the page then says "terms at the chamber". No rate or percentage
is ever filled in by us.
"""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.arabic import fold
from core.models import Region, ServiceDomain
from core.models.territory import BilingualName
from partners.enums import OfferState
from partners.models.partner import Agreement, Partner
from partners.querysets import OfferQuerySet


class Offer(BilingualName):
    code = models.SlugField(max_length=80, unique=True)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="offers")
    agreement = models.ForeignKey(
        Agreement, null=True, blank=True, on_delete=models.PROTECT, related_name="offers"
    )
    domains = models.ManyToManyField(ServiceDomain, blank=True, related_name="offers")
    # Empty: the offer holds in the whole country.
    regions = models.ManyToManyField(
        Region,
        verbose_name=_("Regions where it holds"),
        blank=True,
        related_name="+",
        help_text=_("None chosen: the whole country."),
    )
    terms_ar = models.TextField(_("Terms in Arabic"), blank=True)
    terms_fr = models.TextField(_("Terms in French"), blank=True)
    state = models.CharField(_("State"), max_length=10, choices=OfferState, default=OfferState.DRAFT)
    starts_on = models.DateField(_("From"), null=True, blank=True)
    ends_on = models.DateField(_("Until"), null=True, blank=True)
    confirmed_on = models.DateField(_("Last confirmed on"), null=True, blank=True)
    search_key = models.TextField(editable=False, default="")
    # Counts changes, so that two people who have the same form open do not overwrite each other.
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = OfferQuerySet.as_manager()

    class Meta:
        ordering = ["partner__name_fr", "id"]
        verbose_name = _("offer")
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="offer_ends_after_start",
            ),
            # Half the country reads the one, half the other: terms are known in both or in none.
            models.CheckConstraint(
                condition=Q(terms_ar="", terms_fr="") | (~Q(terms_ar="") & ~Q(terms_fr="")),
                name="offer_terms_in_both_languages",
            ),
        ]
        indexes = [GinIndex(OpClass("search_key", "gin_trgm_ops"), name="offer_search_key_trgm")]

    def save(self, *args, **kwargs) -> None:
        searched = (self.name_ar, self.name_fr, self.terms_ar, self.terms_fr)
        self.search_key = "|".join(fold(text) for text in searched)
        if kwargs.get("update_fields"):
            kwargs["update_fields"] = {*kwargs["update_fields"], "search_key"}
        super().save(*args, **kwargs)

    @property
    def is_running(self) -> bool:
        """The same as `OfferQuerySet.running`, of one offer."""
        today = timezone.localdate()
        return (
            self.state == OfferState.PUBLISHED
            and (self.starts_on is None or self.starts_on <= today)
            and (self.ends_on is None or self.ends_on >= today)
        )

    @property
    def terms(self) -> str:
        return self.terms_ar if (get_language() or "ar").startswith("ar") else self.terms_fr
