"""A regional chamber of handicrafts and what it decides for itself.

Law 50.17 and its decrees leave several rules unpublished. Each is a setting of the chamber, labelled so on
screen, and never shown as official.
"""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models.territory import BilingualName, Region
from core.scoping import RegionScopedQuerySet
from core.validators import validate_number_format


class Chamber(BilingualName):
    region = models.OneToOneField(Region, on_delete=models.PROTECT, related_name="chamber")
    address_ar = models.CharField(_("Address in Arabic"), max_length=200, blank=True)
    address_fr = models.CharField(_("Address in French"), max_length=200, blank=True)
    phone = models.CharField(_("Telephone"), max_length=16, blank=True)
    logo = models.ImageField(_("Logo or emblem"), upload_to="chambers/", blank=True)
    signatory_name_ar = models.CharField(_("Signatory's name in Arabic"), max_length=120, blank=True)
    signatory_name_fr = models.CharField(_("Signatory's name in Latin letters"), max_length=120, blank=True)
    signatory_title_ar = models.CharField(_("Signatory's title in Arabic"), max_length=120, blank=True)
    signatory_title_fr = models.CharField(_("Signatory's title in French"), max_length=120, blank=True)
    signature = models.ImageField(_("Picture of the signature"), upload_to="chambers/", blank=True)
    number_format = models.CharField(
        _("Format of the registration number"),
        max_length=60,
        default="{region}-{serial:06d}-{check}",
        validators=[validate_number_format],
        help_text=_(
            "Working format: the official one is not published. "
            "Parts: {region}, {year}, {serial:06d}, {check}."
        ),
    )
    card_validity_months = models.PositiveSmallIntegerField(
        _("Validity of a card, in months"),
        default=60,
        validators=[MinValueValidator(1), MaxValueValidator(240)],
        help_text=_("Setting of the chamber: the official length is not published."),
    )
    separate_maker_and_checker = models.BooleanField(
        _("The person who enters an application may not decide on it"), default=True
    )
    photograph_on_verification = models.BooleanField(
        _("Show the photograph on the public check page"), default=False
    )
    updated_at = models.DateTimeField(auto_now=True)

    objects = RegionScopedQuerySet.as_manager()

    class Meta:
        ordering = ["region_id"]
        verbose_name = _("chamber of handicrafts")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(card_validity_months__range=(1, 240)), name="chamber_card_validity_sane"
            )
        ]
