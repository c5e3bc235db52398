"""Regions, provinces and communes with the codes of the Haut-Commissariat au Plan.

Codes are strings with leading zeros and say the hierarchy: commune `11.321.01.03` lies in province
`11.321` of region `11`. Loaded by `manage.py load_territory` (RGPH 2024, HCP, CC BY 4.0).
"""

from typing import Self

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class BilingualName(models.Model):
    """Something that has an official name in Arabic and one in French."""

    name_ar = models.CharField(_("Arabic name"), max_length=200)
    name_fr = models.CharField(_("French name"), max_length=200)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language; Arabic when there is no other."""
        return in_readers_language(self.name_ar, self.name_fr)


def in_readers_language(arabic: str | None, french: str | None) -> str | None:
    """The one of two names that the reader reads; Arabic when there is no other."""
    return arabic if (get_language() or "ar").startswith("ar") else (french or arabic)


def options_of(records: models.QuerySet) -> list[tuple]:
    """Keys and names in the reader's language of records with a `BilingualName`, for a field of choices."""
    arabic = (get_language() or "ar").startswith("ar")
    names = records.values_list("pk", "name_ar", "name_fr")
    return [(key, name_ar if arabic else (name_fr or name_ar)) for key, name_ar, name_fr in names]


class Region(BilingualName):
    code = models.CharField(max_length=2, primary_key=True)

    class Meta:
        ordering = ["code"]
        verbose_name = _("region")


class ProvinceQuerySet(models.QuerySet):
    def with_communes(self) -> Self:
        """Those that a commune can be chosen from."""
        return self.exclude(kind=Province.Kind.ARRONDISSEMENTS)


class Province(BilingualName):
    class Kind(models.TextChoices):
        PROVINCE = "province", _("Province")
        PREFECTURE = "prefecture", _("Prefecture")
        # Casablanca's eight: parts of one commune, without communes of their own.
        ARRONDISSEMENTS = "prefecture_of_arrondissements", _("Prefecture of arrondissements")

    code = models.CharField(max_length=12, primary_key=True)
    kind = models.CharField(max_length=30, choices=Kind)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="provinces")

    objects = ProvinceQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name = _("province")


class Commune(BilingualName):
    class Kind(models.TextChoices):
        URBAN = "urban", _("Urban")
        RURAL = "rural", _("Rural")

    code = models.CharField(max_length=12, primary_key=True)
    kind = models.CharField(max_length=5, choices=Kind)
    province = models.ForeignKey(Province, on_delete=models.PROTECT, related_name="communes")

    class Meta:
        ordering = ["code"]
        verbose_name = _("commune")
