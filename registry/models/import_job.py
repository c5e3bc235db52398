"""Imports of people from a file: the file's rows in chunks, what each row will do, and what was done.

Rows as they were read lie in their chunk, packed; what the dry run says of each is a row of `ImportRow`; who
was changed is a row of `ImportChange`, from which the import can be undone. All of it is discarded some days
after, and the counts alone stay.
"""

from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from core.models import Region
from core.scoping import RegionScopedQuerySet
from registry.enums import WORKING_IMPORTS, ChunkStep, ImportState, NewPeople, RowOutcome


class ImportQuerySet(RegionScopedQuerySet):
    def working(self) -> Self:
        """Those that a worker should have in hand, unless they stopped on an error."""
        return self.filter(state__in=WORKING_IMPORTS, last_error="")


class ImportJob(models.Model):
    """One file on its way into the register. Without a region, each row's commune says its region."""

    region = models.ForeignKey(
        Region, verbose_name=_("Region"), null=True, blank=True, on_delete=models.PROTECT
    )
    name = models.CharField(_("File"), max_length=120)
    file = models.FileField(upload_to="imports/", blank=True)
    file_kind = models.CharField(max_length=4)
    sha256 = models.CharField(max_length=64)
    # What the reader found: {"encoding", "delimiter"} of a CSV, {"sheets"} of a workbook.
    found = models.JSONField(default=dict, blank=True)
    sheet = models.CharField(_("Sheet"), max_length=120, blank=True)
    header = models.JSONField(default=list, blank=True)
    samples = models.JSONField(default=list, blank=True)
    # {name of a field: number of its column, from 0}
    mapping = models.JSONField(default=dict, blank=True)
    new_people = models.CharField(
        _("People who are not on file"), max_length=12, choices=NewPeople, default=NewPeople.APPLICATIONS
    )
    # Columns that may change people who are on file; empty changes nobody.
    update_fields = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    erase_blanks = models.BooleanField(_("An empty cell erases what is on file"), default=False)
    consent_collected = models.BooleanField(
        _("The consequences were explained to these people, who agreed on paper"), default=False
    )
    state = models.CharField(_("State"), max_length=10, choices=ImportState, default=ImportState.READING)
    rows_total = models.PositiveIntegerField(_("Rows"), default=0)
    # {outcome: rows} of the dry run, and of what was done in the end; {"undone", "kept"} once it was undone.
    planned = models.JSONField(default=dict, blank=True)
    done = models.JSONField(default=dict, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("Sent"), auto_now_add=True)
    step_started_at = models.DateTimeField(null=True, blank=True)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    applied_at = models.DateTimeField(null=True, blank=True)
    undo_until = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    discarded_at = models.DateTimeField(null=True, blank=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(
                    state__in=[
                        ImportState.APPLYING,
                        ImportState.STOPPED,
                        ImportState.APPLIED,
                        ImportState.UNDOING,
                        ImportState.UNDONE,
                    ]
                )
                | Q(applied_by__isnull=False, applied_at__isnull=False, undo_until__isnull=False),
                name="import_applied_is_signed",
            ),
        ]
        indexes = [models.Index(fields=["region", "-id"], name="import_region")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_working(self) -> bool:
        return self.state in WORKING_IMPORTS


class ImportChunk(models.Model):
    """Consecutive rows of a file, taken through each step by one worker in one transaction.

    Chunks of a later wave hold enterprises whose supervisor is entered by an earlier one.
    """

    job = models.ForeignKey(ImportJob, on_delete=models.CASCADE, related_name="chunks")
    number = models.PositiveIntegerField()
    wave = models.PositiveSmallIntegerField(default=1)
    size = models.PositiveIntegerField()
    # Compressed JSON: [[line, [cell, ...]], ...]
    rows = models.BinaryField(default=b"")
    step = models.CharField(max_length=7, choices=ChunkStep, default=ChunkStep.READ)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["job", "number"], name="import_chunk_once")]

    def __str__(self) -> str:
        return f"{self.job_id}/{self.number}"


class ImportRowQuerySet(models.QuerySet):
    def counts(self) -> dict[str, int]:
        """How many rows have which outcome."""
        found = self.order_by().values_list("outcome").annotate(rows=Count("pk"))
        return dict(found)

    def undecided(self) -> Self:
        return self.filter(outcome=RowOutcome.REVIEW)


class ImportRow(models.Model):
    """What the dry run says of one row of the file."""

    job = models.ForeignKey(ImportJob, on_delete=models.CASCADE, related_name="rows", db_index=False)
    chunk = models.ForeignKey(ImportChunk, on_delete=models.CASCADE, related_name="checked_rows")
    line = models.PositiveIntegerField()
    outcome = models.CharField(max_length=9, choices=RowOutcome)
    # Keys, not references: the row outlives what it speaks of.
    registrant_key = models.BigIntegerField(null=True, blank=True)
    # Compact numbers by which rows of one file are compared with each other; empty where the row has none.
    person_key = models.CharField(max_length=8, blank=True)
    number_key = models.CharField(max_length=24, blank=True)
    # The supervisor's number, where nobody on the register has it yet.
    awaits = models.CharField(max_length=24, blank=True)
    values = models.JSONField(default=dict, blank=True)
    # [[field, English message, {parameters}], ...], shown in the reader's language.
    notes = models.JSONField(default=list, blank=True)
    # [[key of a registrant, reason], ...] of a row to be looked at.
    candidates = models.JSONField(default=list, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        ordering = ["line"]
        constraints = [models.UniqueConstraint(fields=["job", "line"], name="import_row_once")]
        indexes = [models.Index(fields=["job", "outcome", "line"], name="import_row_outcome")]

    def __str__(self) -> str:
        return f"{self.job_id}:{self.line}"


class ImportChange(models.Model):
    """One person entered or changed by an import, with what stood there before."""

    job = models.ForeignKey(ImportJob, on_delete=models.CASCADE, related_name="changes", db_index=False)
    chunk = models.ForeignKey(ImportChunk, on_delete=models.CASCADE, related_name="changes")
    line = models.PositiveIntegerField()
    registrant_key = models.BigIntegerField()
    created = models.BooleanField()
    before = models.JSONField(default=dict, blank=True)
    after = models.JSONField(default=dict, blank=True)
    # Why undoing left it as it is: [English message, {parameters}].
    kept = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["line"]
        constraints = [models.UniqueConstraint(fields=["job", "line"], name="import_change_once")]
        indexes = [models.Index(fields=["registrant_key"], name="import_change_registrant")]

    def __str__(self) -> str:
        return f"{self.job_id}:{self.line}"
