"""Applications: a request of a registrant, from draft to decision."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.enums import DECIDED_STATES, OPEN_STATES, ApplicationState, PortraitFinding
from registry.models.ground import Ground
from registry.models.registrant import Registrant
from registry.querysets import ApplicationQuerySet


class Application(models.Model):
    registrant = models.ForeignKey(Registrant, on_delete=models.PROTECT, related_name="applications")
    state = models.CharField(
        _("State"), max_length=12, choices=ApplicationState, default=ApplicationState.DRAFT
    )
    tracking_number = models.CharField(_("Tracking number"), max_length=16, unique=True)
    # The consequences of registering were shown, and the person agreed.
    consent_at = models.DateTimeField(_("Consent recorded"), null=True, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(_("Entered"), auto_now_add=True)
    submitted_at = models.DateTimeField(_("Submitted"), null=True, blank=True)
    returned_at = models.DateTimeField(_("Sent back"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(_("Decided"), null=True, blank=True)
    # The ground and the reason of the last refusal; an approval has neither.
    ground = models.ForeignKey(
        Ground,
        verbose_name=_("Ground of the decision"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="applications",
    )
    decision_reason = models.TextField(_("Reason"), blank=True)
    # Who has taken it from the queue.
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    assigned_at = models.DateTimeField(null=True, blank=True)
    # What the machine said against the photograph when the registrar accepted it by eye.
    photograph_findings = ArrayField(
        models.CharField(max_length=20, choices=PortraitFinding), default=list, blank=True
    )

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["registrant"], condition=Q(state__in=OPEN_STATES), name="application_one_open"
            ),
            models.CheckConstraint(
                condition=Q(state=ApplicationState.DRAFT)
                | Q(submitted_at__isnull=False, consent_at__isnull=False),
                name="application_submitted_with_consent",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=DECIDED_STATES)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="application_decision_is_signed",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ApplicationState.REJECTED, ApplicationState.TO_CORRECT])
                | ~Q(decision_reason=""),
                name="application_refusal_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ApplicationState.REJECTED, ApplicationState.TO_CORRECT])
                | Q(ground__isnull=False),
                name="application_refusal_has_ground",
            ),
            models.CheckConstraint(
                condition=Q(assigned_to__isnull=True) | Q(assigned_at__isnull=False),
                name="application_assignment_is_dated",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "submitted_at", "id"], name="application_queue"),
            models.Index(
                fields=["assigned_to", "submitted_at"],
                condition=Q(state__in=OPEN_STATES),
                name="application_assigned",
            ),
        ]

    def __str__(self) -> str:
        return self.tracking_number
