"""Craft bodies (هيئات حرفية): by branch, provincial, regional and national."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import Province, Region
from core.models.territory import BilingualName
from core.roles import Permission
from registry.enums import BodyDocumentKind, BodyLevel, BodyState
from registry.models.craft import CraftBranch
from registry.models.registrant import Registrant
from registry.querysets_bodies import CraftBodyQuerySet, MembershipQuerySet, OfBodyQuerySet


class CraftBody(BilingualName):
    level = models.CharField(_("Level"), max_length=10, choices=BodyLevel)
    state = models.CharField(_("State"), max_length=14, choices=BodyState, default=BodyState.PLANNED)
    branch = models.ForeignKey(
        CraftBranch, verbose_name=_("Branch"), on_delete=models.PROTECT, related_name="bodies"
    )
    # Empty for a national body.
    region = models.ForeignKey(
        Region, verbose_name=_("Region"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Of a provincial body only.
    province = models.ForeignKey(
        Province,
        verbose_name=_("Province or prefecture"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    founded_on = models.DateField(_("Founded on"), null=True, blank=True)
    # When the first of the bureau's mandates ends; empty where no length is set.
    renewal_on = models.DateField(_("Bureau to be renewed by"), null=True, blank=True)
    dissolved_on = models.DateField(_("Dissolved on"), null=True, blank=True)
    dissolution_reason = models.TextField(_("Reason of the dissolution"), blank=True)
    is_public = models.BooleanField(
        _("The president's name is shown on the public page"),
        default=False,
        help_text=_("Only with the president's agreement."),
    )
    is_demo = models.BooleanField(default=False, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CraftBodyQuerySet.as_manager()

    class Meta:
        verbose_name = _("craft body")
        ordering = ["region_id", "level", "branch_id", "province_id", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(level=BodyLevel.PROVINCIAL, region__isnull=False, province__isnull=False)
                | Q(level=BodyLevel.REGIONAL, region__isnull=False, province__isnull=True)
                | Q(level=BodyLevel.NATIONAL, region__isnull=True, province__isnull=True),
                name="craft_body_territory_goes_with_level",
            ),
            models.UniqueConstraint(
                fields=["branch", "level", "region", "province"],
                condition=~Q(state=BodyState.DISSOLVED),
                nulls_distinct=False,
                name="craft_body_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[BodyState.FOUNDED, BodyState.DISSOLVED]) ^ Q(founded_on__isnull=True),
                name="craft_body_founded_is_dated",
            ),
            models.CheckConstraint(
                condition=Q(state=BodyState.DISSOLVED, dissolved_on__isnull=False) & ~Q(dissolution_reason="")
                | ~Q(state=BodyState.DISSOLVED) & Q(dissolved_on__isnull=True),
                name="craft_body_dissolution_is_grounded",
            ),
        ]
        indexes = [
            models.Index(fields=["region", "state"], name="craft_body_region"),
            models.Index(fields=["renewal_on"], name="craft_body_renewal"),
        ]

    @property
    def territory(self) -> str:
        """Where it stands, in the reader's language."""
        if self.province_id:
            return self.province.name
        return self.region.name if self.region_id else str(_("Morocco"))

    def is_changeable_by(self, user) -> bool:
        """Whether this reader founds it and keeps its mandates: a national one from the nation only."""
        in_reach = user.sees_all_regions or (self.region_id and self.region_id == user.region_id)
        return bool(in_reach) and user.can(Permission.MANAGE_BODIES)


class BodyMembership(models.Model):
    """Somebody's membership of a body, from one day to another."""

    body = models.ForeignKey(CraftBody, on_delete=models.PROTECT, related_name="memberships")
    registrant = models.ForeignKey(Registrant, on_delete=models.PROTECT, related_name="body_memberships")
    joined_on = models.DateField(_("Member since"))
    left_on = models.DateField(_("Left on"), null=True, blank=True)
    leaving_reason = models.TextField(_("Reason"), blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "registrant"], condition=Q(left_on__isnull=True), name="membership_one_active"
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=models.F("joined_on")),
                name="membership_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | ~Q(leaving_reason=""), name="membership_end_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registrant_id} @ {self.body_id}"


class BodyDocument(models.Model):
    """Statutes, minutes, receipts: saved anew by us, shown only to those who see the body."""

    body = models.ForeignKey(CraftBody, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(_("Document"), max_length=10, choices=BodyDocumentKind)
    file = models.FileField(_("File"), upload_to="bodies/%Y/%m/")
    content_type = models.CharField(max_length=40)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)

    objects = OfBodyQuerySet.as_manager()

    class Meta:
        verbose_name = _("document of a craft body")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.get_kind_display()
