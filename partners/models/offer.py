"""What a partner offers to holders of the card.

Terms that nobody has confirmed are empty: the page then says "terms at the chamber". No rate or percentage
is ever filled in by us.
"""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.arabic import fold
from core.models import Region, ServiceDomain
from core.models.territory import BilingualName
from partners.enums import OfferState, PartnerState, UsePeriod, UseWay
from partners.models.agreement import Agreement
from partners.models.partner import Partner
from partners.querysets.offers import OfferQuerySet
from registry.enums import Kind
from registry.models import Craft


def usual_ways() -> list[str]:
    return [UseWay.CARD]


def _both_or_neither(name: str) -> Q:
    """Half the country reads the one, half the other: words are known in both or in none."""
    arabic, french = f"{name}_ar", f"{name}_fr"
    return Q(**{arabic: "", french: ""}) | (~Q(**{arabic: ""}) & ~Q(**{french: ""}))


class Offer(BilingualName):
    code = models.SlugField(max_length=80, unique=True)
    partner = models.ForeignKey(
        Partner, verbose_name=_("Partner"), on_delete=models.PROTECT, related_name="offers"
    )
    agreement = models.ForeignKey(
        Agreement,
        verbose_name=_("Agreement"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="offers",
    )
    domains = models.ManyToManyField(
        ServiceDomain, verbose_name=_("Domains"), blank=True, related_name="offers"
    )

    what_ar = models.TextField(_("What it gives, in Arabic"), blank=True)
    what_fr = models.TextField(_("What it gives, in French"), blank=True)
    how_ar = models.TextField(_("How to use it, in Arabic"), blank=True)
    how_fr = models.TextField(_("How to use it, in French"), blank=True)
    terms_ar = models.TextField(_("Terms in Arabic"), blank=True)
    terms_fr = models.TextField(_("Terms in French"), blank=True)
    access_ar = models.TextField(_("For disabled people, in Arabic"), blank=True)
    access_fr = models.TextField(_("For disabled people, in French"), blank=True)
    contact_phone = models.CharField(_("Telephone for this offer"), max_length=16, blank=True)
    contact_email = models.EmailField(_("E-mail for this offer"), blank=True)

    # Empty: the offer holds in the whole country.
    regions = models.ManyToManyField(
        Region,
        verbose_name=_("Regions where it holds"),
        blank=True,
        related_name="+",
        help_text=_("None chosen: the whole country."),
    )
    kinds = ArrayField(
        models.CharField(max_length=14, choices=Kind),
        verbose_name=_("Kinds of holders"),
        default=list,
        blank=True,
        help_text=_("None chosen: every kind."),
    )
    crafts = models.ManyToManyField(
        Craft,
        verbose_name=_("Crafts"),
        blank=True,
        related_name="+",
        help_text=_("None chosen: every craft."),
    )
    ways = ArrayField(
        models.CharField(max_length=10, choices=UseWay), verbose_name=_("How it is used"), default=usual_ways
    )
    limit_per_person = models.PositiveSmallIntegerField(
        _("Uses a person"), null=True, blank=True, help_text=_("Left empty: no limit.")
    )
    limit_period = models.CharField(
        _("Counted over"), max_length=5, choices=UsePeriod, default=UsePeriod.EVER
    )

    state = models.CharField(_("State"), max_length=10, choices=OfferState, default=OfferState.DRAFT)
    starts_on = models.DateField(_("From"), null=True, blank=True)
    ends_on = models.DateField(_("Until"), null=True, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    published_on = models.DateField(_("Published on"), null=True, blank=True)
    confirmed_on = models.DateField(_("Last confirmed on"), null=True, blank=True)
    # The last day on which it shows itself unless it is confirmed: `PartnershipRules.hide_after_days` after
    # the last confirmation or, before the first one, after the publication.
    fresh_until = models.DateField(null=True, blank=True, editable=False)
    # When the partner was asked to confirm what is shown now: once, until it does.
    asked_on = models.DateField(null=True, blank=True, editable=False)
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
            models.CheckConstraint(condition=_both_or_neither("what"), name="offer_what_in_both_languages"),
            models.CheckConstraint(condition=_both_or_neither("how"), name="offer_how_in_both_languages"),
            models.CheckConstraint(condition=_both_or_neither("terms"), name="offer_terms_in_both_languages"),
            models.CheckConstraint(
                condition=_both_or_neither("access"), name="offer_access_in_both_languages"
            ),
            models.CheckConstraint(condition=~Q(ways=[]), name="offer_has_a_way"),
            models.CheckConstraint(
                condition=Q(limit_per_person__isnull=True) | Q(limit_per_person__gte=1),
                name="offer_limit_at_least_one",
            ),
            models.CheckConstraint(
                condition=~Q(state=OfferState.PUBLISHED)
                | Q(published_on__isnull=False, fresh_until__isnull=False),
                name="offer_published_has_dates",
            ),
            models.CheckConstraint(
                condition=Q(proposed_by__isnull=True)
                | Q(published_by__isnull=True)
                | ~Q(proposed_by=F("published_by")),
                name="offer_checked_by_another",
            ),
        ]
        indexes = [
            GinIndex(OpClass("search_key", "gin_trgm_ops"), name="offer_search_key_trgm"),
            models.Index(fields=["state", "fresh_until"], name="offer_by_freshness"),
        ]

    def save(self, *args, **kwargs) -> None:
        searched = (
            *(self.name_ar, self.name_fr, self.what_ar, self.what_fr),
            *(self.terms_ar, self.terms_fr),
        )
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
            and self.fresh_until >= today
            and self.partner.state == PartnerState.ACTIVE
            and (self.agreement is None or self.agreement.is_in_force)
        )

    @property
    def kind_labels(self) -> list[str]:
        return [str(Kind(kind).label) for kind in self.kinds]

    @property
    def what(self) -> str:
        return self._words("what")

    @property
    def how(self) -> str:
        return self._words("how")

    @property
    def terms(self) -> str:
        return self._words("terms")

    @property
    def access(self) -> str:
        return self._words("access")

    def _words(self, name: str) -> str:
        language = "ar" if (get_language() or "ar").startswith("ar") else "fr"
        return getattr(self, f"{name}_{language}")


class OfferRequirement(BilingualName):
    """A paper that a request for the offer needs."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="requirements")
    is_required = models.BooleanField(_("A request cannot be sent without it"), default=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("document asked for")
