"""Suspension and striking off as a procedure: notice, reply, decision, appeal, each with its date.

The limits are counted when a step is made, from the chamber's rules of that day, and kept: a rule changed
later does not shorten anybody's time. What the person may rely on is held by the database as well.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registry.enums import AFTER_DECISION, OPEN_STAGES, ProceedingKind, ProceedingStage
from registry.models.evidence import Document
from registry.models.ground import Ground
from registry.models.registrant import Registrant
from registry.proceeding_querysets import ProceedingQuerySet


def _by(**options) -> models.ForeignKey:
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", **options)


def _ground(label: str, **options) -> models.ForeignKey:
    return models.ForeignKey(
        Ground, verbose_name=label, on_delete=models.PROTECT, related_name="+", **options
    )


class Proceeding(models.Model):
    registrant = models.ForeignKey(Registrant, on_delete=models.PROTECT, related_name="proceedings")
    kind = models.CharField(_("Kind"), max_length=12, choices=ProceedingKind)
    stage = models.CharField(
        _("Stage"), max_length=12, choices=ProceedingStage, default=ProceedingStage.NOTIFIED
    )

    notice_on = models.DateField(_("Notice given on"))
    notice_by = _by(verbose_name=_("Notice given by"))
    notice_ground = _ground(_("Ground of the notice"))
    notice_reason = models.TextField(_("Reason of the notice"))
    reply_until = models.DateField(_("Reply possible until"))

    replied_on = models.DateField(_("Reply received on"), null=True, blank=True)
    reply_text = models.TextField(_("What the person replies"), blank=True)
    reply_documents = models.ManyToManyField(Document, blank=True, related_name="+")

    decided_on = models.DateField(_("Decided"), null=True, blank=True)
    decided_by = _by(verbose_name=_("Decided by"), null=True, blank=True)
    ground = _ground(_("Ground of the decision"), null=True, blank=True)
    decision_reason = models.TextField(_("Reason"), blank=True)
    appeal_until = models.DateField(_("Appeal possible until"), null=True, blank=True)

    appealed_on = models.DateField(_("Appeal received on"), null=True, blank=True)
    appeal_text = models.TextField(_("What the person appeals with"), blank=True)
    appeal_documents = models.ManyToManyField(Document, blank=True, related_name="+")
    appeal_decided_on = models.DateField(_("Appeal decided on"), null=True, blank=True)
    appeal_decided_by = _by(verbose_name=_("Appeal decided by"), null=True, blank=True)
    appeal_ground = _ground(_("Ground of the decision on the appeal"), null=True, blank=True)
    appeal_reason = models.TextField(_("Reason of the decision on the appeal"), blank=True)

    ended_on = models.DateField(_("Ended on"), null=True, blank=True)

    objects = ProceedingQuerySet.as_manager()

    class Meta:
        verbose_name = _("proceeding")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["registrant"], condition=Q(stage__in=OPEN_STAGES), name="proceeding_one_open"
            ),
            models.CheckConstraint(condition=~Q(notice_reason=""), name="proceeding_notice_has_reason"),
            models.CheckConstraint(
                condition=Q(reply_until__gt=F("notice_on")), name="proceeding_reply_has_time"
            ),
            models.CheckConstraint(
                condition=~Q(stage=ProceedingStage.REPLIED) | Q(replied_on__isnull=False),
                name="proceeding_reply_is_dated",
            ),
            # Heard, or the time to be heard is over.
            models.CheckConstraint(
                condition=~Q(stage__in=AFTER_DECISION)
                | Q(replied_on__isnull=False)
                | Q(decided_on__gt=F("reply_until")),
                name="proceeding_decided_after_hearing",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=AFTER_DECISION)
                | (
                    Q(
                        decided_on__isnull=False,
                        decided_by__isnull=False,
                        ground__isnull=False,
                        appeal_until__gt=F("decided_on"),
                    )
                    & ~Q(decision_reason="")
                ),
                name="proceeding_decision_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(appealed_on__isnull=True)
                | Q(appealed_on__gte=F("decided_on"), appealed_on__lte=F("appeal_until")),
                name="proceeding_appeal_in_time",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=[ProceedingStage.CONFIRMED, ProceedingStage.OVERTURNED])
                | (
                    Q(
                        appealed_on__isnull=False,
                        appeal_decided_on__isnull=False,
                        appeal_decided_by__isnull=False,
                        appeal_ground__isnull=False,
                    )
                    & ~Q(appeal_reason="")
                ),
                name="proceeding_appeal_decision_is_whole",
            ),
        ]
        indexes = [models.Index(fields=["stage", "reply_until"], name="proceeding_waiting")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.registrant}"

    @property
    def is_open(self) -> bool:
        return self.stage in OPEN_STAGES

    def may_be_decided(self, today) -> bool:
        """After the reply, or once the time to reply is over."""
        return self.stage == ProceedingStage.REPLIED or (
            self.stage == ProceedingStage.NOTIFIED and today > self.reply_until
        )

    def may_be_appealed(self, today) -> bool:
        return self.stage == ProceedingStage.DECIDED and today <= self.appeal_until
