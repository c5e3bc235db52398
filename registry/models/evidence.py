"""What a registrant brings as proof: qualifications and scanned documents."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.scoping import RegionScopedQuerySet
from registry.enums import DocumentKind, QualificationKind
from registry.models.registrant import Registrant


class Qualification(models.Model):
    registrant = models.ForeignKey(Registrant, on_delete=models.CASCADE, related_name="qualifications")
    kind = models.CharField(_("Proof of qualification"), max_length=12, choices=QualificationKind)
    title = models.CharField(_("Diploma, or who attests"), max_length=160)
    years_of_exercise = models.PositiveSmallIntegerField(_("Years of actual exercise"), null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=QualificationKind.ATTESTATION) | Q(years_of_exercise__isnull=False),
                name="qualification_attestation_has_years",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.title}"


class DocumentQuerySet(RegionScopedQuerySet):
    region_lookup = "registrant__region_id"

    def visible_to(self, user) -> Self:
        """Those of an entry merged into one of the reader's region are the reader's business too."""
        visible = super().visible_to(user)
        if user.sees_all_regions or not user.is_staff_member or not user.region_id:
            return visible
        return self.filter(
            Q(registrant__region_id=user.region_id) | Q(registrant__merged_into__region_id=user.region_id)
        )


class Document(models.Model):
    """A scan, saved anew by us from what was sent, and shown only to those who may see the file."""

    registrant = models.ForeignKey(Registrant, on_delete=models.CASCADE, related_name="documents")
    kind = models.CharField(_("Document"), max_length=14, choices=DocumentKind)
    file = models.FileField(upload_to="documents/%Y/%m/")
    content_type = models.CharField(max_length=40)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.get_kind_display()
