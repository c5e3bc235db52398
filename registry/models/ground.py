"""The grounds that a chamber decides on: a list, so that decisions can be compared and counted.

No published text lists them. Ours are working words, marked not official; a chamber adds its own.
"""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import Region
from core.models.territory import BilingualName
from registry.enums import GroundProcedure


class GroundQuerySet(models.QuerySet):
    def of_region(self, region_id: str) -> Self:
        """Those of every chamber and those of this one."""
        return self.filter(Q(region=None) | Q(region_id=region_id))

    def offered(self, region_id: str, *procedures: str) -> Self:
        """What a decision in this region may choose from now."""
        return self.of_region(region_id).filter(is_active=True, procedure__in=procedures)


class Ground(BilingualName):
    """One ground. It is put out of use rather than deleted: decisions go on referring to it."""

    # Empty: of every chamber.
    region = models.ForeignKey(
        Region, verbose_name=_("Region"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    procedure = models.CharField(_("Ground for"), max_length=20, choices=GroundProcedure)
    code = models.SlugField(_("Code"), max_length=40)
    is_official = models.BooleanField(_("Official"), default=False)
    is_active = models.BooleanField(_("In use"), default=True)

    objects = GroundQuerySet.as_manager()

    class Meta:
        verbose_name = _("ground")
        ordering = ["procedure", "region_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "procedure", "code"], name="ground_code", nulls_distinct=False
            )
        ]
