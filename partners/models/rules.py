"""What the chambers together decide about partners' offers where no rule is published: working values."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


def _days(most: int) -> list:
    return [MinValueValidator(1), MaxValueValidator(most)]


class PartnershipRules(models.Model):
    """One row for the country; see `PartnershipRules.current`."""

    ask_after_days = models.PositiveSmallIntegerField(
        _("Days after which a partner is asked to confirm an offer"), default=150, validators=_days(1095)
    )
    hide_after_days = models.PositiveSmallIntegerField(
        _("Days without confirmation after which an offer hides itself"), default=180, validators=_days(1095)
    )
    notice_before_end_days = models.PositiveSmallIntegerField(
        _("Days before the end of an agreement or an adhesion from which it is shown as ending"),
        default=90,
        validators=_days(730),
    )
    voucher_minutes = models.PositiveSmallIntegerField(
        _("Minutes that a voucher's code is good for"), default=15, validators=_days(1440)
    )
    referral_days = models.PositiveSmallIntegerField(
        _("Days that a partner has to answer a request"), default=15, validators=_days(365)
    )

    class Meta:
        verbose_name = _("rules of partners' offers")
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="partnership_rules_one_row"),
            models.CheckConstraint(
                condition=Q(hide_after_days__gt=F("ask_after_days")),
                name="offer_asked_before_hidden",
                violation_error_message=_("A partner is asked before its offer is hidden."),
            ),
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @classmethod
    def current(cls) -> "PartnershipRules":
        """The rules in force; the working values where none were saved."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)
