"""Letters of the chamber: what was told to whom under which reference.

A letter keeps what it said, in both languages, together with the chamber's heading and signatory of its day.
The PDF is made from these words whenever somebody opens it, and is always the same.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import Region
from core.scoping import RegionScopedQuerySet
from registry.enums import LetterKind
from registry.models.application import Application
from registry.models.proceeding import Proceeding
from registry.models.registrant import Registrant


class LetterQuerySet(RegionScopedQuerySet):
    region_lookup = "registrant__region_id"


class Letter(models.Model):
    registrant = models.ForeignKey(Registrant, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField(_("Letter"), max_length=14, choices=LetterKind)
    application = models.ForeignKey(
        Application, null=True, blank=True, on_delete=models.CASCADE, related_name="letters"
    )
    proceeding = models.ForeignKey(
        Proceeding, null=True, blank=True, on_delete=models.CASCADE, related_name="letters"
    )
    # Of the chamber that wrote it, wherever the person is registered today.
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    dated = models.DateField(_("Date"))
    # What it says: see `registry.letters`.
    facts = models.JSONField(default=dict)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["region", "year", "number"], name="letter_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.reference}"

    @property
    def reference(self) -> str:
        """As in the heading: region, year and the chamber's running number of that year."""
        return f"{self.region_id}/{self.year}/{self.number:05d}"
