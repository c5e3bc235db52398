"""The nomenclature of crafts, in versions.

The official list of 172 crafts in 13 branches is not published in a readable form. Ours is loaded as one
version, marked not official, and can be replaced by another without touching what refers to it.
"""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models.territory import BilingualName


class CraftList(BilingualName):
    """One version of the nomenclature."""

    code = models.SlugField(max_length=40, unique=True)
    is_official = models.BooleanField(_("Official"), default=False)
    is_current = models.BooleanField(_("In use"), default=False)

    class Meta:
        verbose_name = _("list of crafts")
        constraints = [
            models.UniqueConstraint(
                fields=["is_current"], condition=models.Q(is_current=True), name="craft_list_one_current"
            )
        ]


class CraftBranch(BilingualName):
    craft_list = models.ForeignKey(CraftList, on_delete=models.PROTECT, related_name="branches")
    code = models.CharField(max_length=10)
    class_code = models.CharField(max_length=4)
    class_name_ar = models.CharField(max_length=120)
    class_name_fr = models.CharField(max_length=120)

    class Meta:
        ordering = ["code"]
        verbose_name = _("branch of crafts")
        constraints = [models.UniqueConstraint(fields=["craft_list", "code"], name="craft_branch_code")]


class CraftQuerySet(models.QuerySet):
    def current(self) -> Self:
        """The crafts of the list in use, with their branch."""
        return self.filter(branch__craft_list__is_current=True).select_related("branch")


class Craft(BilingualName):
    branch = models.ForeignKey(CraftBranch, on_delete=models.PROTECT, related_name="crafts")
    code = models.CharField(max_length=12)
    evidence = models.CharField(max_length=60, blank=True)

    objects = CraftQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name = _("craft")
        constraints = [models.UniqueConstraint(fields=["branch", "code"], name="craft_code")]
