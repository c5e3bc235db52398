"""Going from one list of crafts to another: what becomes of each old craft, and every link that was moved."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from registry.enums import CraftChangeState, MappingVerdict
from registry.models.craft import Craft, CraftList
from registry.models.registrant import Registrant


class CraftChange(models.Model):
    """One change of lists. Both lists stay; going back is a change too, that undoes an earlier one."""

    from_list = models.ForeignKey(CraftList, on_delete=models.PROTECT, related_name="changes_from")
    to_list = models.ForeignKey(CraftList, on_delete=models.PROTECT, related_name="changes_to")
    undoes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="undone_by"
    )
    state = models.CharField(
        _("State"), max_length=10, choices=CraftChangeState, default=CraftChangeState.MAPPING
    )
    links_total = models.PositiveIntegerField(default=0)
    links_moved = models.PositiveIntegerField(default=0)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    # Craft bodies that went to a branch of the new list: body's id -> former branch's id.
    bodies_moved = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(_("In use since"), null=True, blank=True)

    class Meta:
        verbose_name = _("change of the list of crafts")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["state"], condition=Q(state=CraftChangeState.MOVING), name="craft_change_one_moving"
            ),
            models.UniqueConstraint(
                fields=["to_list"],
                condition=Q(state__in=[CraftChangeState.MAPPING, CraftChangeState.MOVING]),
                name="craft_change_one_open",
            ),
            models.CheckConstraint(
                condition=~Q(state=CraftChangeState.DONE) | Q(finished_at__isnull=False),
                name="craft_change_done_is_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_list} ← {self.to_list}"


class CraftMappingQuerySet(models.QuerySet):
    def with_use(self) -> Self:
        """Each with how many registrants have its old craft."""
        return self.annotate(in_use=Count("from_craft__registrant_links"))

    def undecided(self) -> Self:
        return self.filter(verdict=MappingVerdict.PROPOSED)

    def moving(self) -> Self:
        """Those whose registrants go to a craft of the new list."""
        return self.filter(verdict=MappingVerdict.CONFIRMED)

    def for_page(self) -> Self:
        """What needs somebody first, and of that what concerns most people."""
        return (
            self.with_use()
            .select_related("from_craft__branch", "to_craft__branch", "decided_by")
            .annotate(is_open=Q(verdict=MappingVerdict.PROPOSED))
            .order_by("-is_open", "-in_use", "from_craft__code", "pk")
        )


class CraftMapping(models.Model):
    """What an old craft is called in the new list."""

    change = models.ForeignKey(CraftChange, on_delete=models.CASCADE, related_name="mappings")
    from_craft = models.ForeignKey(Craft, on_delete=models.PROTECT, related_name="+")
    to_craft = models.ForeignKey(
        Craft,
        verbose_name=_("Craft of the new list"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    verdict = models.CharField(
        _("Mapping"), max_length=10, choices=MappingVerdict, default=MappingVerdict.PROPOSED
    )
    # How alike the machine found them, of 100.
    score = models.PositiveSmallIntegerField(default=0)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = CraftMappingQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["change", "from_craft"], name="craft_mapping_once"),
            models.CheckConstraint(
                condition=~Q(verdict=MappingVerdict.CONFIRMED) | Q(to_craft__isnull=False),
                name="craft_mapping_confirmed_has_craft",
            ),
            models.CheckConstraint(
                condition=~Q(verdict=MappingVerdict.GONE) | Q(to_craft__isnull=True),
                name="craft_mapping_gone_has_none",
            ),
        ]

    def __str__(self) -> str:
        return str(self.from_craft)


class CraftLinkMove(models.Model):
    """One registrant's craft moved by a change: the history of old names, and what going back rests on."""

    change = models.ForeignKey(CraftChange, on_delete=models.PROTECT, related_name="moves")
    registrant = models.ForeignKey(Registrant, on_delete=models.CASCADE, related_name="craft_moves")
    # The link that was there; links have no use of their own once moved.
    link_id = models.BigIntegerField()
    from_craft = models.ForeignKey(Craft, on_delete=models.PROTECT, related_name="+", db_index=False)
    to_craft = models.ForeignKey(Craft, on_delete=models.PROTECT, related_name="+", db_index=False)
    is_principal = models.BooleanField()
    moved_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["change", "registrant", "from_craft", "to_craft"], name="craft_link_moved_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.from_craft_id} → {self.to_craft_id}"
