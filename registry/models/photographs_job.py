"""Photographs sent many at once, each named by the number of its person."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import Region
from core.scoping import RegionScopedQuerySet
from registry.enums import PhotographsState


class PhotographsQuerySet(RegionScopedQuerySet):
    def working(self) -> Self:
        return self.filter(state=PhotographsState.RUNNING)


class PhotographsJob(models.Model):
    """An archive of photographs; without a region, of people anywhere."""

    region = models.ForeignKey(
        Region, verbose_name=_("Region"), null=True, blank=True, on_delete=models.PROTECT
    )
    name = models.CharField(_("File"), max_length=120)
    file = models.FileField(upload_to="photograph-archives/", blank=True)
    replace = models.BooleanField(_("Replace photographs that are on file"), default=False)
    # Then what the machine finds against a photograph does not keep it out.
    accepted_by_eye = models.BooleanField(_("Somebody has looked through these photographs"), default=False)
    state = models.CharField(
        _("State"), max_length=9, choices=PhotographsState, default=PhotographsState.RUNNING
    )
    total = models.PositiveIntegerField(default=0)
    # Entries of the archive that were looked at: a worker goes on behind them.
    looked_at = models.PositiveIntegerField(default=0)
    accepted = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    # [name of the file, English message, {parameters}] of each reject.
    rejects = models.JSONField(default=list, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("Sent"), auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = PhotographsQuerySet.as_manager()

    class Meta:
        verbose_name = _("archive of photographs")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(looked_at__lte=models.F("total")), name="photographs_looked_at_of_total"
            )
        ]

    def __str__(self) -> str:
        return self.name
