"""Requests about an entry that is on the register already: amendment, transfer, renewal, exit, death."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import Region
from registry.enums import OPEN_CHANGE_STATES, ChangeKind, ChangeState
from registry.lifecycle import CHANGE_KINDS
from registry.models.evidence import Document
from registry.models.ground import Ground
from registry.models.registrant import Registrant


class ChangeRequestQuerySet(models.QuerySet):
    def visible_to(self, user) -> Self:
        """Those of the region's files, and the transfers that are asked of or by this region."""
        if user.sees_all_regions:
            return self.all()
        if user.is_staff_member and user.region_id:
            return self.filter(Q(region_id=user.region_id) | Q(destination_id=user.region_id))
        return self.none()

    def open(self) -> Self:
        """What waits for somebody, oldest first."""
        return self.filter(state__in=OPEN_CHANGE_STATES).order_by("entered_at", "id")

    def with_list_columns(self) -> Self:
        return self.select_related("registrant__commune", "region", "destination", "entered_by")

    def overdue(self) -> Self:
        return self.open().filter(due_on__lt=timezone.localdate())

    def to_decide_by(self, user) -> Self:
        """What this person decides on now: a transfer is decided where the file would go.

        Without their own requests, where the deciding chamber leaves those to somebody else.
        """
        kinds = [kind for kind, rules in CHANGE_KINDS.items() if user.can(rules.decides)]
        strict = Q(region__chamber__separate_maker_and_checker=True) & ~Q(kind=ChangeKind.TRANSFER)
        strict |= Q(destination__chamber__separate_maker_and_checker=True, kind=ChangeKind.TRANSFER)
        own = Q(entered_by=user) | Q(submitted_by=user)
        waiting = self.open().filter(state=ChangeState.SUBMITTED, kind__in=kinds).exclude(strict & own)
        if user.sees_all_regions:
            return waiting
        transfer = Q(kind=ChangeKind.TRANSFER)
        return waiting.filter(
            (~transfer & Q(region_id=user.region_id)) | (transfer & Q(destination_id=user.region_id))
        )

    def to_prepare_by(self, user) -> Self:
        """What people asked for and this person's chamber has yet to make a request of."""
        asked = self.open().filter(state=ChangeState.ASKED)
        return asked if user.sees_all_regions else asked.filter(region_id=user.region_id)


class ChangeRequest(models.Model):
    """One request, from the wish to the decision. `registry.lifecycle.CHANGE` says where it may go."""

    registrant = models.ForeignKey(Registrant, on_delete=models.PROTECT, related_name="change_requests")
    kind = models.CharField(_("Request"), max_length=12, choices=ChangeKind)
    state = models.CharField(_("State"), max_length=10, choices=ChangeState, default=ChangeState.SUBMITTED)
    number = models.CharField(_("Reference"), max_length=16, unique=True)
    # In whose queue it stands. A transfer stays with the chamber that held the file, whatever comes of it.
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    destination = models.ForeignKey(
        Region,
        verbose_name=_("Region asked for"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    # What changes, as {field: {"old", "new"}} in plain text and numbers (see `registry.held_values`).
    changes = models.JSONField(default=dict, blank=True)
    photograph = models.ImageField(_("New photograph"), upload_to="proposed/%Y/%m/", blank=True)
    # The field that a person says is wrong, where the wish is theirs.
    about = models.CharField(max_length=24, blank=True)
    # The wish in the person's own words, or why the chamber asks.
    explanation = models.TextField(_("Explanation"), blank=True)
    effective_on = models.DateField(_("From"), null=True, blank=True)
    documents = models.ManyToManyField(Document, related_name="change_requests", blank=True)

    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(_("Entered"), auto_now_add=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField(_("Submitted"), null=True, blank=True)
    due_on = models.DateField(_("Decision due"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(_("Decided"), null=True, blank=True)
    ground = models.ForeignKey(
        Ground,
        verbose_name=_("Ground of the decision"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="change_requests",
    )
    decision_reason = models.TextField(_("Reason"), blank=True)

    objects = ChangeRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["registrant", "kind"],
                condition=Q(state__in=OPEN_CHANGE_STATES),
                name="change_one_open_of_a_kind",
            ),
            models.CheckConstraint(
                condition=Q(
                    ~Q(destination=F("region")),
                    kind=ChangeKind.TRANSFER,
                    destination__isnull=False,
                )
                | (~Q(kind=ChangeKind.TRANSFER) & Q(destination__isnull=True)),
                name="change_transfer_goes_elsewhere",
            ),
            models.CheckConstraint(
                condition=~Q(kind=ChangeKind.AMENDMENT)
                | ~Q(state__in=[ChangeState.SUBMITTED, ChangeState.APPROVED])
                | ~Q(changes={}),
                name="change_amendment_changes_something",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ChangeState.SUBMITTED, ChangeState.APPROVED])
                | Q(submitted_by__isnull=False, submitted_at__isnull=False),
                name="change_submission_is_signed",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN_CHANGE_STATES)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="change_decision_is_signed",
            ),
            models.CheckConstraint(
                condition=~Q(state=ChangeState.REFUSED) | (Q(ground__isnull=False) & ~Q(decision_reason="")),
                name="change_refusal_has_ground_and_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state=ChangeState.APPROVED, kind__in=[ChangeKind.EXIT, ChangeKind.DEATH])
                | Q(ground__isnull=False),
                name="change_exit_has_ground",
            ),
        ]
        indexes = [
            models.Index(
                fields=["region", "kind", "entered_at"],
                condition=Q(state__in=OPEN_CHANGE_STATES),
                name="change_queue",
            ),
            models.Index(
                fields=["destination", "entered_at"],
                condition=Q(state__in=OPEN_CHANGE_STATES, destination__isnull=False),
                name="change_queue_incoming",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_CHANGE_STATES

    @property
    def is_overdue(self) -> bool:
        return self.is_open and self.due_on < timezone.localdate()

    @property
    def deciding_region_id(self) -> str:
        """Whose deciders it waits for: a submitted transfer, for those who would take the file over."""
        if self.state == ChangeState.ASKED or not self.destination_id:
            return self.region_id
        return self.destination_id
