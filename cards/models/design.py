"""How a chamber's cards look, by kind of registrant, in versions that batches keep."""

import json
from hashlib import sha256

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cards.card_design.colours import validate_colour
from cards.querysets import DesignVersionQuerySet
from core.models import Region
from registry.enums import Kind

_HEXADECIMAL = r"^#[0-9a-f]{6}$"


def _words(label: str, length: int = 120) -> models.CharField:
    return models.CharField(label, max_length=length, blank=True)


def _colour(label: str) -> models.CharField:
    return models.CharField(label, max_length=7, validators=[validate_colour])


class DesignVersion(models.Model):
    """The design of all kinds of one chamber. The first batch made with it closes it: then the database
    itself refuses every change, and the next change makes the next version.

    `chamber` holds what the chamber's settings said when the version was settled: whatever a kind leaves
    empty is taken from there.
    """

    region = models.ForeignKey(Region, verbose_name=_("Region"), on_delete=models.PROTECT)
    number = models.PositiveIntegerField(_("Version"))
    chamber = models.JSONField(default=dict)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("Created"), auto_now_add=True)

    objects = DesignVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("design of cards")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["region", "number"], name="design_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.region_id}/{self.number}"

    @property
    def is_used(self) -> bool:
        """Whether a batch was composed with it."""
        return self.batches.exists()


class KindDesign(models.Model):
    """Colours, words and pictures of one kind; what is empty is the chamber's, or the standard wording."""

    version = models.ForeignKey(DesignVersion, on_delete=models.CASCADE, related_name="kinds")
    kind = models.CharField(_("Kind"), max_length=20, choices=Kind)
    band = _colour(_("Colour of the band"))
    accent = _colour(_("Colour of lines and of the kind"))
    paper = _colour(_("Colour of the ground"))
    authority_ar = _words(_("Ministry in Arabic"))
    authority_fr = _words(_("Ministry in French"))
    chamber_ar = _words(_("Chamber in Arabic"))
    chamber_fr = _words(_("Chamber in French"))
    found_ar = _words(_("If found, in Arabic"), 200)
    found_fr = _words(_("If found, in French"), 200)
    logo = models.ImageField(_("Logo or emblem"), upload_to="card-designs/", blank=True)
    signatory_name_ar = _words(_("Signatory's name in Arabic"))
    signatory_name_fr = _words(_("Signatory's name in Latin letters"))
    signatory_title_ar = _words(_("Signatory's title in Arabic"))
    signatory_title_fr = _words(_("Signatory's title in French"))
    signature = models.ImageField(_("Picture of the signature"), upload_to="card-designs/", blank=True)
    validity_months = models.PositiveSmallIntegerField(
        _("Validity of a card, in months"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(240)],
    )

    class Meta:
        verbose_name = _("design of a kind")
        ordering = ["version", "id"]
        constraints = [
            models.UniqueConstraint(fields=["version", "kind"], name="kind_design_once"),
            models.CheckConstraint(
                condition=Q(band__regex=_HEXADECIMAL)
                & Q(accent__regex=_HEXADECIMAL)
                & Q(paper__regex=_HEXADECIMAL),
                name="kind_design_colours",
            ),
            models.CheckConstraint(
                condition=Q(validity_months__isnull=True) | Q(validity_months__range=(1, 240)),
                name="kind_design_validity_sane",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.kind}"

    @property
    def edition(self) -> str:
        """What tells it from the same kind with anything changed, in whatever version: a digest."""
        fixed = {"id", "version", "kind"}
        fields = [field for field in self._meta.concrete_fields if field.name not in fixed]
        values = [str(field.value_from_object(self)) for field in fields]
        return sha256(json.dumps(values).encode()).hexdigest()[:32]
