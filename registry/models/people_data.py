"""What people agreed to and asked about their data, and what was erased at the end of its retention."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import Region
from core.scoping import RegionScopedQuerySet
from registry.enums import (
    ConsentPurpose,
    DataRequestKind,
    DataRequestState,
    RetentionOutcome,
    RetentionReason,
    RetentionState,
)
from registry.models.registrant import Registrant


class ConsentQuerySet(models.QuerySet):
    def in_force(self, purpose: ConsentPurpose) -> "ConsentQuerySet":
        return self.filter(purpose=purpose, withdrawn_at__isnull=True)


class Consent(models.Model):
    """One consent, from the day it was given to the day it was taken back; a new one is a new row."""

    registrant = models.ForeignKey(Registrant, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=24, choices=ConsentPurpose)
    given_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["registrant", "purpose"],
                condition=Q(withdrawn_at__isnull=True),
                name="consent_one_in_force",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=models.F("given_at")),
                name="consent_withdrawn_after_given",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_purpose_display())


class DataRequestQuerySet(RegionScopedQuerySet):
    region_lookup = "registrant__region_id"

    def open(self) -> "DataRequestQuerySet":
        """Those that wait for an answer, the nearest limit first."""
        return self.filter(state=DataRequestState.OPEN).order_by("due_on", "id")

    def closed(self) -> "DataRequestQuerySet":
        """Those that were answered or refused, the newest answer first."""
        return self.exclude(state=DataRequestState.OPEN).order_by("-answered_at", "-id")


class DataRequest(models.Model):
    """A request under law 09-08, with the day by which the chamber means to answer."""

    registrant = models.ForeignKey(Registrant, on_delete=models.CASCADE, related_name="data_requests")
    kind = models.CharField(_("Request"), max_length=14, choices=DataRequestKind)
    state = models.CharField(
        _("State"), max_length=8, choices=DataRequestState, default=DataRequestState.OPEN
    )
    words = models.TextField(_("In the person's words"), blank=True, max_length=2000)
    asked_at = models.DateTimeField(_("Asked"), auto_now_add=True)
    due_on = models.DateField(_("Answer by"))
    answer = models.TextField(_("Reply"), blank=True, max_length=2000)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = DataRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["registrant", "kind"],
                condition=Q(state=DataRequestState.OPEN),
                name="data_request_one_open",
            ),
            models.CheckConstraint(
                condition=Q(state=DataRequestState.OPEN, answered_at__isnull=True)
                | (~Q(state=DataRequestState.OPEN) & ~Q(answer="") & Q(answered_by__isnull=False)),
                name="data_request_answer_is_signed",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="data_request_queue")]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class RetentionRun(models.Model):
    """A report of what would be erased in one region; only what it lists is erased, by somebody else."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=RetentionState, default=RetentionState.PREPARED)
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField(auto_now_add=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = RegionScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["region"],
                condition=Q(state__in=[RetentionState.PREPARED, RetentionState.RUNNING]),
                name="retention_one_open_in_a_region",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[RetentionState.RUNNING, RetentionState.DONE])
                | Q(approved_by__isnull=False),
                name="retention_is_approved",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region_id} {self.prepared_at:%Y-%m-%d}"


class RetentionEntry(models.Model):
    """One entry of the report. It names the row by its number alone: the row may be gone afterwards."""

    run = models.ForeignKey(RetentionRun, on_delete=models.CASCADE, related_name="entries")
    registrant_number = models.BigIntegerField(null=True, blank=True)
    # Of what was typed at a counter and never became an application.
    draft_key = models.UUIDField(null=True, blank=True)
    # The registration or tracking number, by which a file on paper is found.
    reference = models.CharField(max_length=24)
    reason = models.CharField(max_length=10, choices=RetentionReason)
    since = models.DateField()
    outcome = models.CharField(max_length=8, choices=RetentionOutcome, default=RetentionOutcome.WAITING)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["run", "registrant_number"], name="retention_entry_once"),
            models.UniqueConstraint(fields=["run", "draft_key"], name="retention_draft_once"),
            models.CheckConstraint(
                condition=Q(registrant_number__isnull=True) ^ Q(draft_key__isnull=True),
                name="retention_entry_names_one",
            ),
        ]

    def __str__(self) -> str:
        return self.reference
