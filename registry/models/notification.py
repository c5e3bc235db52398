"""What a registrant is told: kept to be read in the own space, and sent once at the most."""

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from registry.enums import MessageChannel, MessageState
from registry.models.registrant import Registrant


class Notification(models.Model):
    """One thing told, in both languages. A worker killed while sending leaves it `sending`: nobody sends it
    again.
    """

    registrant = models.ForeignKey(Registrant, on_delete=models.CASCADE, related_name="notifications")
    # The event: the same one tells the same person once, however often it is reported.
    key = models.CharField(max_length=100)
    text_ar = models.CharField(max_length=500)
    text_fr = models.CharField(max_length=500)
    # Where it is looked at, within the portal.
    path = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=8, choices=MessageState, default=MessageState.QUEUED)
    channel = models.CharField(max_length=5, choices=MessageChannel, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("notification")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["registrant", "key"], name="notification_once"),
            models.CheckConstraint(
                condition=~Q(state=MessageState.SENT) | Q(sent_at__isnull=False),
                name="notification_sent_dated",
            ),
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(state=MessageState.QUEUED), name="notification_to_send")
        ]

    def __str__(self) -> str:
        return f"{self.registrant_id}: {self.key}"

    @property
    def text(self) -> str:
        return self.text_ar if (get_language() or "ar").startswith("ar") else self.text_fr


class ContactPreference(models.Model):
    """How a registrant wishes to be told; who has chosen nothing is told by SMS."""

    registrant = models.OneToOneField(Registrant, on_delete=models.CASCADE, related_name="contact_preference")
    channel = models.CharField(_("How to tell me"), max_length=5, choices=MessageChannel)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("way of being told")

    def __str__(self) -> str:
        return f"{self.registrant_id}: {self.channel}"

    @classmethod
    def channel_of(cls, registrant: Registrant, *, insist: bool = False) -> MessageChannel:
        """The channel to use now: the one chosen, else the one that there is an address for.

        `insist` passes over the wish for no messages at all.
        """
        chosen = cls.objects.filter(registrant=registrant).values_list("channel", flat=True).first()
        if chosen == MessageChannel.PAGE:
            if not insist:
                return MessageChannel.PAGE
            chosen = None
        known = {MessageChannel.SMS: registrant.phone, MessageChannel.EMAIL: registrant.email}
        wanted = [MessageChannel(chosen)] if chosen else []
        usable = [one for one in [*wanted, *known] if known[one]]
        return usable[0] if usable else MessageChannel.PAGE
