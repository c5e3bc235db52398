"""Presence at a meeting, and every scan at its desk, recorded or refused."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cards.models import Card, HandOver
from events.enums import REFUSED_RESULTS, ScanMethod, ScanResult
from events.models.meeting import Meeting
from events.querysets import CheckInQuerySet, ScanQuerySet
from registry.models import Registrant


class CheckIn(models.Model):
    """One person present at one meeting; undone with a reason, never deleted."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="check_ins")
    registrant = models.ForeignKey(Registrant, on_delete=models.PROTECT, related_name="check_ins")
    card = models.ForeignKey(Card, null=True, blank=True, on_delete=models.PROTECT, related_name="check_ins")
    # The card given to this person at this meeting, the last time where it was undone and done again.
    hand_over = models.OneToOneField(
        HandOver, null=True, blank=True, on_delete=models.PROTECT, related_name="check_in"
    )
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

    @property
    def standing_hand_over(self) -> HandOver | None:
        """The hand-over made here, unless it was undone."""
        return self.hand_over if self.hand_over and self.hand_over.undone_at is None else None


class Scan(models.Model):
    """What a desk read and what the screen answered. Refused scans are kept with theirs.

    `check_in` is the presence that the scan recorded or found; a refused scan has none. `id` is chosen by the
    desk's page, so that the same scan sent twice is one scan.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="scans")
    result = models.CharField(max_length=12, choices=ScanResult)
    card = models.ForeignKey(Card, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    check_in = models.ForeignKey(
        CheckIn, null=True, blank=True, on_delete=models.PROTECT, related_name="scans"
    )
    method = models.CharField(max_length=8, choices=ScanMethod)
    scanned_at = models.DateTimeField(auto_now_add=True)
    scanned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = ScanQuerySet.as_manager()

    class Meta:
        ordering = ["-scanned_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(result__in=REFUSED_RESULTS, check_in__isnull=True)
                | (~Q(result__in=REFUSED_RESULTS) & Q(check_in__isnull=False)),
                name="scan_refused_or_present",
            )
        ]
        indexes = [models.Index(fields=["meeting", "scanned_by", "-scanned_at"], name="scan_desk_latest")]

    def __str__(self) -> str:
        return self.get_result_display()

    @property
    def is_refused(self) -> bool:
        return self.result in REFUSED_RESULTS
