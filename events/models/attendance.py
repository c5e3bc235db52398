"""Presence at a meeting, and every scan at its desks, recorded or refused."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cards.models import Card, HandOver
from events.enums import REFUSED_RESULTS, ScanMethod, ScanResult
from events.models.check_in_list import CheckInList
from events.models.invitation import Invitation
from events.models.meeting import Meeting
from events.models.walk_in import WalkIn
from events.querysets_desk import CheckInQuerySet, ScanQuerySet
from registry.models import Registrant

_STANDS_ONCE = Q(undone_at__isnull=True, counts_once=True)


class CheckIn(models.Model):
    """One person at one list of a meeting; undone with a reason, never deleted.

    Somebody of the register, somebody invited, both at once, or a walk-in. A check-in at the door is presence
    at the meeting.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="check_ins")
    list = models.ForeignKey(CheckInList, on_delete=models.PROTECT, related_name="check_ins")
    registrant = models.ForeignKey(
        Registrant, null=True, blank=True, on_delete=models.PROTECT, related_name="check_ins"
    )
    invitation = models.ForeignKey(
        Invitation, null=True, blank=True, on_delete=models.PROTECT, related_name="check_ins"
    )
    walk_in = models.ForeignKey(
        WalkIn, null=True, blank=True, on_delete=models.PROTECT, related_name="check_ins"
    )
    card = models.ForeignKey(Card, null=True, blank=True, on_delete=models.PROTECT, related_name="check_ins")
    # Who came for somebody invited, or received somebody's card.
    delegate_name = models.CharField(_("Delegate's name"), max_length=120, blank=True)
    delegate_title = models.CharField(_("Delegate's function"), max_length=160, blank=True)
    # The card given to this person here, the last time where it was undone and done again.
    hand_over = models.OneToOneField(
        HandOver, null=True, blank=True, on_delete=models.PROTECT, related_name="check_in"
    )
    # Of a presence at the door: the check-in inside that brought it, which takes it along when it is undone.
    through = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="brought"
    )
    # The list's rule at that moment: what the constraints below hold to.
    counts_once = models.BooleanField(default=True)
    # The invitation itself was shown or chosen, and not a card or a number.
    by_invitation = models.BooleanField(default=False)
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
                fields=["list", "registrant"], condition=_STANDS_ONCE, name="check_in_once"
            ),
            models.UniqueConstraint(
                fields=["list", "invitation"], condition=_STANDS_ONCE, name="check_in_invitation_once"
            ),
            models.UniqueConstraint(
                fields=["list", "walk_in"], condition=_STANDS_ONCE, name="check_in_walk_in_once"
            ),
            models.CheckConstraint(
                condition=Q(registrant__isnull=False)
                | Q(invitation__isnull=False)
                | Q(walk_in__isnull=False),
                name="check_in_is_somebodys",
            ),
            models.CheckConstraint(
                condition=Q(delegate_name="") | Q(walk_in__isnull=True),
                name="check_in_delegate_of_somebody_known",
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | (~Q(undo_reason="") & Q(undone_by__isnull=False)),
                name="check_in_undone_has_reason",
            ),
        ]
        indexes = [models.Index(fields=["meeting", "checked_in_at"], name="check_in_by_minute")]

    def __str__(self) -> str:
        return f"{self.meeting_id}: {self.name}"

    @property
    def name(self) -> str:
        """Who came, as the reader reads it; of a guest whose name is not known, the function."""
        if self.delegate_name:
            return self.delegate_name
        if self.registrant:
            return self.registrant.name
        if self.invitation:
            return str(self.invitation)
        return self.walk_in.name

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
    list = models.ForeignKey(CheckInList, on_delete=models.PROTECT, related_name="scans")
    result = models.CharField(max_length=13, choices=ScanResult)
    card = models.ForeignKey(Card, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # Of a refused scan too, where one was shown.
    invitation = models.ForeignKey(
        Invitation, null=True, blank=True, on_delete=models.PROTECT, related_name="scans"
    )
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
        indexes = [models.Index(fields=["list", "scanned_by", "-scanned_at"], name="scan_desk_latest")]

    def __str__(self) -> str:
        return self.get_result_display()

    @property
    def is_refused(self) -> bool:
        return self.result in REFUSED_RESULTS
