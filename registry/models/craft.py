"""The nomenclature of crafts, in versions.

The official list of 172 crafts in 13 branches is not published in a readable form. Ours is loaded as one
version, marked not official, and can be replaced by another without touching what refers to it.
"""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.arabic import fold
from core.models.territory import BilingualName


class CraftList(BilingualName):
    """One version of the nomenclature."""

    code = models.SlugField(max_length=40, unique=True)
    is_official = models.BooleanField(_("Official"), default=False)
    is_current = models.BooleanField(_("In use"), default=False)
    # Empty where the list came with the portal.
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("Entered"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("list of crafts")
        ordering = ["-is_current", "-id"]
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

    @property
    def class_name(self) -> str:
        """The class's name in the reader's language."""
        arabic = (get_language() or "ar").startswith("ar")
        return self.class_name_ar if arabic else self.class_name_fr


class CraftQuerySet(models.QuerySet):
    def current(self) -> Self:
        """The crafts of the list in use, with their branch."""
        return self.filter(branch__craft_list__is_current=True).select_related("branch")

    def of(self, craft_list: CraftList) -> Self:
        """The crafts of one version, in the order of the list."""
        return (
            self.filter(branch__craft_list=craft_list)
            .select_related("branch")
            .order_by("branch__class_code", "branch__code", "code")
        )


class Craft(BilingualName):
    branch = models.ForeignKey(CraftBranch, on_delete=models.PROTECT, related_name="crafts")
    code = models.CharField(max_length=12)
    evidence = models.CharField(max_length=60, blank=True)

    objects = CraftQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name = _("craft")
        constraints = [models.UniqueConstraint(fields=["branch", "code"], name="craft_code")]

    def answers(self, words: list[str]) -> bool:
        """Whether every folded word stands in the craft's code, names or branch."""
        known = fold(f"{self.code} {self.name_ar} {self.name_fr} {self.branch.name_ar} {self.branch.name_fr}")
        return all(word in known for word in words)
