"""Presence at a meeting, and every scan at its desk, recorded or refused."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cards.models import Card
from events.enums import REFUSED_RESULTS, ScanMethod, ScanResult
from events.models.meeting import Meeting
from events.querysets import CheckInQuerySet
from registry.models import Registrant


class CheckIn(models.Model):
    """One person present at one meeting; undone with a reason, never deleted."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="check_ins")
    registrant = models.ForeignKey(Registrant, on_delete=models.PROTECT, related_name="check_ins")
    card = models.ForeignKey(Card, null=True, blank=True, on_delete=models.PROTECT, related_name="check_ins")
    method = models.CharField(max_length=8, choices=ScanMethod)
    checked_in_at = models.DateTimeField(_("Present since"), auto_now_add=True)
    checked_in_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    undo_reason = models.TextField(_("Reason"), blank=True)

    objects = CheckInQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("check-in")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "registrant"], condition=Q(undone_at__isnull=True), name="check_in_once"
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | (~Q(undo_reason="") & Q(undone_by__isnull=False)),
                name="check_in_undone_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}: {self.registrant_id}"


class Scan(models.Model):
    """What a desk read and what the screen answered. Refused scans are kept with theirs.

    `id` is chosen by the desk's page, so that the same scan sent twice is one scan.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="scans")
    result = models.CharField(max_length=12, choices=ScanResult)
    card = models.ForeignKey(Card, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    method = models.CharField(max_length=8, choices=ScanMethod)
    scanned_at = models.DateTimeField(auto_now_add=True)
    scanned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-scanned_at"]

    def __str__(self) -> str:
        return self.get_result_display()

    @property
    def is_refused(self) -> bool:
        return self.result in REFUSED_RESULTS
