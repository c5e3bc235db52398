"""A partner's places, by commune."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.models import Commune
from core.models.territory import BilingualName
from partners.enums import Access, BranchImportState
from partners.models.partner import Partner
from partners.querysets.branches import BranchQuerySet


class Branch(BilingualName):
    """One place where a partner's offers are used. Its code is the partner's own."""

    partner = models.ForeignKey(
        Partner, verbose_name=_("Partner"), on_delete=models.PROTECT, related_name="branches"
    )
    code = models.CharField(_("Partner's code"), max_length=40)
    commune = models.ForeignKey(
        Commune, verbose_name=_("Commune"), on_delete=models.PROTECT, related_name="+"
    )
    address_ar = models.CharField(_("Address in Arabic"), max_length=200, blank=True)
    address_fr = models.CharField(_("Address in French"), max_length=200, blank=True)
    phone = models.CharField(_("Telephone"), max_length=16, blank=True)
    access = models.CharField(
        _("Access for disabled people"), max_length=8, choices=Access, default=Access.UNKNOWN
    )
    # Degrees, WGS 84; both or neither.
    latitude = models.DecimalField(_("Latitude"), max_digits=8, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(_("Longitude"), max_digits=9, decimal_places=6, null=True, blank=True)
    is_open = models.BooleanField(_("Open"), default=True)

    objects = BranchQuerySet.as_manager()

    class Meta:
        verbose_name = _("branch")
        ordering = ["partner_id", "commune_id", "code"]
        constraints = [
            models.UniqueConstraint(fields=["partner", "code"], name="branch_code_of_partner"),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                # A check that comes out unknown lets the row in: both are asked for by name.
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="branch_place_whole",
            ),
        ]
        indexes = [models.Index(fields=["commune", "partner"], name="branch_by_commune")]

    @property
    def address(self) -> str:
        """In the reader's language; the other one where there is no other."""
        arabic = (get_language() or "ar").startswith("ar")
        first, second = (self.address_ar, self.address_fr) if arabic else (self.address_fr, self.address_ar)
        return first or second

    @property
    def map_url(self) -> str:
        """A map of the place; empty where it is not known exactly."""
        if self.latitude is None:
            return ""
        place = f"{self.latitude}/{self.longitude}"
        return f"https://www.openstreetmap.org/?mlat={self.latitude}&mlon={self.longitude}#map=17/{place}"


class BranchImport(models.Model):
    """A file of branches, kept as it was read until somebody has looked at what it would do."""

    partner = models.ForeignKey(
        Partner, verbose_name=_("Partner"), on_delete=models.PROTECT, related_name="branch_imports"
    )
    file_name = models.CharField(_("Computer file"), max_length=120)
    header = models.JSONField()
    # [line of the file, its cells]: checked anew whenever it is shown, in the words of who looks.
    rows = models.JSONField()
    state = models.CharField(
        _("State"), max_length=10, choices=BranchImportState, default=BranchImportState.CHECKED
    )
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(_("Sent"), auto_now_add=True)
    applied_at = models.DateTimeField(_("Applied"), null=True, blank=True)
    # How many branches were {"created", "updated", "unchanged", "rejected"} when it was applied.
    outcome = models.JSONField(default=dict)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("file of branches")
        constraints = [
            models.CheckConstraint(
                condition=Q(state=BranchImportState.APPLIED, applied_at__isnull=False)
                | (~Q(state=BranchImportState.APPLIED) & Q(applied_at__isnull=True)),
                name="branch_import_applied_has_date",
            )
        ]

    def __str__(self) -> str:
        return self.file_name
