"""Lists of the register written to a file for one person, who alone may fetch it."""

from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.enums import ExportFormat, ExportState, Listing


class ExportQuerySet(models.QuerySet):
    def of(self, user) -> Self:
        """What this person asked for: a list taken out is nobody else's."""
        return self.filter(created_by=user)

    def working(self) -> Self:
        return self.filter(state=ExportState.RUNNING)


class ExportJob(models.Model):
    listing = models.CharField(_("List"), max_length=16, choices=Listing, default=Listing.REGISTRANTS)
    # The list's address behind the question mark, and the same in words, as asked.
    query = models.TextField(blank=True)
    filters = models.TextField(_("Filters"), blank=True)
    columns = ArrayField(models.CharField(max_length=30))
    format = models.CharField(_("Format"), max_length=4, choices=ExportFormat)
    language = models.CharField(max_length=5)
    state = models.CharField(_("State"), max_length=9, choices=ExportState, default=ExportState.RUNNING)
    total = models.PositiveIntegerField(null=True, blank=True)
    written = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True)
    file = models.FileField(upload_to="exports/", blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("Asked for"), auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("export")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=ExportState.DONE) | (~Q(file="") & Q(finished_at__isnull=False)),
                name="export_done_has_file",
            )
        ]
        indexes = [models.Index(fields=["created_by", "-id"], name="export_owner")]

    def __str__(self) -> str:
        return f"{self.get_format_display()} {self.pk}"
