"""What is written to people invited: one run at a time, one message a person and occasion, ever."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.enums import Channel, DeliveryState, MailingState, Occasion
from events.models.invitation import Invitation
from events.models.meeting import Meeting
from events.querysets import DeliveryQuerySet, MailingQuerySet


class Mailing(models.Model):
    """One run through the list. `number` tells reminders and notices of one meeting apart."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="mailings")
    occasion = models.CharField(_("Occasion"), max_length=12, choices=Occasion)
    number = models.PositiveSmallIntegerField(default=1)
    first_channel = models.CharField(_("First by"), max_length=6, choices=Channel, default=Channel.SMS)
    state = models.CharField(_("State"), max_length=10, choices=MailingState, default=MailingState.RUNNING)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = MailingQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("mailing")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "occasion", "number"], name="mailing_once"),
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(state="running"), name="mailing_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_occasion_display()} {self.number}"


class Delivery(models.Model):
    """One message to one person. No address and no text are kept: both are read when it is sent.

    A message is claimed before it is handed to the gateway. A worker that dies in between leaves it claimed:
    whether it went out is not known, so it is shown as such and never sent again by itself.
    """

    mailing = models.ForeignKey(Mailing, on_delete=models.PROTECT, related_name="deliveries")
    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="deliveries")
    occasion = models.CharField(max_length=12, choices=Occasion)
    number = models.PositiveSmallIntegerField(default=1)
    channel = models.CharField(_("By"), max_length=6, choices=Channel, blank=True)
    state = models.CharField(_("State"), max_length=12, choices=DeliveryState, default=DeliveryState.PENDING)
    # A code, never an address or a text.
    error = models.CharField(max_length=40, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["invitation__position", "pk"]
        verbose_name = _("message")
        constraints = [
            # Nobody is written to twice: not by two runs, two workers or two clicks.
            models.UniqueConstraint(
                fields=["invitation", "occasion", "number"], name="delivery_once_a_person"
            ),
            models.CheckConstraint(
                condition=(Q(state="sent") & Q(sent_at__isnull=False) & ~Q(channel=""))
                | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="delivery_sent_is_dated",
            ),
        ]
        indexes = [models.Index(fields=["mailing", "state"], name="delivery_mailing_state")]

    def __str__(self) -> str:
        return f"{self.mailing_id}: {self.invitation_id}"


class LetterFile(models.Model):
    """The letters of a meeting in one file, in order of protocol, made by a worker."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="letter_files")
    language = models.CharField(_("Language"), max_length=2, default="ar")
    group = models.ForeignKey(
        "events.GuestGroup", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    state = models.CharField(_("State"), max_length=10, choices=MailingState, default=MailingState.RUNNING)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    file = models.FileField(upload_to="invitations/%Y/%m/", blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = MailingQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("letters")
        constraints = [
            models.CheckConstraint(condition=~Q(state="done") | ~Q(file=""), name="letter_file_done_has_file")
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}: {self.created_at:%Y-%m-%d}"
