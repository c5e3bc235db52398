"""What a chamber decides about its cards where no rule is published: all of these are working values."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from cards.querysets import RENEWAL_NOTICE_DAYS, RENEWAL_NOTICE_MOST, CardRulesQuerySet
from core.models import Region

FAR_CHECKS_MOST_MINUTES = 24 * 60


class CardRules(models.Model):
    """The rules of one chamber. A limit left empty applies no limit."""

    region = models.OneToOneField(Region, on_delete=models.PROTECT, related_name="card_rules")
    approval_needed = models.BooleanField(
        _("A card asked for by staff waits for approval"),
        default=False,
        help_text=_("What an artisan asks for always waits for approval."),
    )
    renewal_notice_days = models.PositiveSmallIntegerField(
        _("Days before its expiry from which a card is to be renewed"),
        default=RENEWAL_NOTICE_DAYS,
        validators=[MinValueValidator(1), MaxValueValidator(RENEWAL_NOTICE_MOST)],
    )
    signature_needed = models.BooleanField(_("Whoever receives a card signs on the screen"), default=False)
    proxy_allowed = models.BooleanField(_("A card may be given to a proxy"), default=True)
    cards_per_proxy = models.PositiveSmallIntegerField(
        _("Cards that one person may receive for others"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(999)],
    )
    days_between_reminders = models.PositiveSmallIntegerField(
        _("Days after which whoever has not fetched their card is reminded"),
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
    )
    reminders_most = models.PositiveSmallIntegerField(
        _("Reminders at most"), default=3, validators=[MaxValueValidator(20)]
    )
    checks_a_day = models.PositiveSmallIntegerField(
        _("Checks of one card in a day from which the card officer is told"),
        default=50,
        validators=[MinValueValidator(2), MaxValueValidator(9999)],
    )
    far_checks_minutes = models.PositiveSmallIntegerField(
        _("Minutes within which checks of one card in far regions are told of"),
        default=60,
        validators=[MinValueValidator(1), MaxValueValidator(FAR_CHECKS_MOST_MINUTES)],
    )
    # Counts changes, so that two people who have the page open do not overwrite each other.
    version = models.PositiveIntegerField(default=0, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = CardRulesQuerySet.as_manager()

    class Meta:
        verbose_name = _("rules of the cards")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(renewal_notice_days__range=(1, RENEWAL_NOTICE_MOST)),
                name="card_rules_notice_sane",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    checks_a_day__gte=2, far_checks_minutes__range=(1, FAR_CHECKS_MOST_MINUTES)
                ),
                name="card_rules_unusual_sane",
            ),
        ]

    def __str__(self) -> str:
        return str(self.region)
