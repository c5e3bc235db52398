"""Messages to holders about their cards: each is written down before it is sent, and is never sent twice."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cards.enums import Channel, NoticeKind, NoticeState, RunState
from cards.models.card import Card
from cards.querysets import ReminderRunQuerySet
from core.models import Region


class ReminderRun(models.Model):
    """One order to write to holders whose cards lie in their boxes."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(_("State"), max_length=10, choices=RunState, default=RunState.RUNNING)
    total = models.PositiveIntegerField(_("Holders to write to"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("Created"), auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = ReminderRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("reminders")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["region"], condition=Q(state=RunState.RUNNING), name="reminder_run_one_a_region"
            )
        ]

    def __str__(self) -> str:
        return f"{self.region_id} {self.created_at:%Y-%m-%d}"


class CardNotice(models.Model):
    """One message. A worker killed while sending leaves it `sending`: nobody sends it again."""

    card = models.ForeignKey(Card, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=12, choices=NoticeKind)
    # Which of its kind: the hand-over told of, or the how manieth reminder.
    number = models.PositiveBigIntegerField(default=0)
    run = models.ForeignKey(
        ReminderRun, null=True, blank=True, on_delete=models.PROTECT, related_name="notices"
    )
    state = models.CharField(max_length=10, choices=NoticeState, default=NoticeState.QUEUED)
    channel = models.CharField(max_length=8, choices=Channel, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("message to a holder")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["card", "kind", "number"], name="card_notice_once"),
            models.CheckConstraint(
                condition=~Q(state=NoticeState.SENT) | Q(sent_at__isnull=False), name="card_notice_sent_dated"
            ),
        ]
        indexes = [models.Index(fields=["run", "state"], name="card_notice_run")]

    def __str__(self) -> str:
        return f"{self.card_id} {self.kind}"
