"""Programmes and their caravans, region by region."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import Region
from core.models.territory import BilingualName
from core.scoping import RegionScopedQuerySet


class Programme(BilingualName):
    code = models.SlugField(max_length=60, unique=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("programme")


class Caravan(BilingualName):
    code = models.SlugField(max_length=60, unique=True)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="caravans")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="caravans")
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = RegionScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("caravan")
