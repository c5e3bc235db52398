"""What is typed at the counter before it is whole: kept at every step, for any registrar of the region."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from core.masking import masked
from core.models import Region
from registry.enums import DocumentKind, PortraitFinding
from registry.models.application import Application
from registry.querysets import DraftQuerySet


class ApplicationDraft(models.Model):
    """Nothing in it is checked. It is emptied when the application that came of it is handed in."""

    # Made by the page before anything is saved, so that saving twice is saving once.
    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    # The application that it corrects, or the one that came of it.
    application = models.ForeignKey(
        Application, null=True, blank=True, on_delete=models.CASCADE, related_name="drafts"
    )
    # The file's version when the correction was begun.
    base_version = models.PositiveIntegerField(null=True, blank=True)
    values = models.JSONField(default=dict, blank=True)
    version = models.PositiveIntegerField(default=0)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(auto_now_add=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(auto_now=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering = ["entered_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(closed_at__isnull=True), name="draft_one_a_correction"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(values={}), name="draft_closed_is_empty"
            ),
        ]
        indexes = [
            models.Index(
                fields=["region", "entered_at"], condition=Q(closed_at__isnull=True), name="draft_open"
            )
        ]

    def __str__(self) -> str:
        return str(self.key)

    @property
    def name(self) -> str:
        """Whom it is about, as far as it has been typed."""
        typed = self.values.get("fields", {})
        for parts in (
            ("organisation_name_ar",),
            ("given_name_ar", "family_name_ar"),
            ("given_name_latin", "family_name_latin"),
        ):
            if words := " ".join(typed[part] for part in parts if typed.get(part)):
                return words
        # The list of drafts has readers who need not see identity numbers.
        return masked(typed.get("national_id", "")) or _("No name yet")


class DraftUpload(models.Model):
    """A file that passed its check, kept with the draft so that nobody sends it twice."""

    PHOTOGRAPH = "photograph"

    draft = models.ForeignKey(ApplicationDraft, on_delete=models.CASCADE, related_name="uploads")
    # `photograph`, or the kind of document.
    slot = models.CharField(max_length=14, choices=[(PHOTOGRAPH, PHOTOGRAPH), *DocumentKind.choices])
    file = models.FileField(upload_to="drafts/%Y/%m/")
    content_type = models.CharField(max_length=40)
    findings = ArrayField(models.CharField(max_length=20, choices=PortraitFinding), default=list, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "slot"], name="draft_upload_once")]

    def __str__(self) -> str:
        return f"{self.draft_id} {self.slot}"
