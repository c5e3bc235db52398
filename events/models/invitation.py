"""Who is invited to a meeting, in order of protocol, and what they answered."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models.territory import BilingualName
from events import tokens
from events.bilingual import in_readers_language
from events.enums import Answer, GroupSource
from events.models.guest import Guest, Institution
from events.models.meeting import Meeting
from events.querysets import InvitationQuerySet
from registry.models import Registrant


class GuestGroup(BilingualName):
    """People invited together, such as the members of the chamber.

    A group that is only announced has no invitations; the others are filled from `source`, by `criteria`.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="guest_groups")
    position = models.PositiveSmallIntegerField(default=1)
    note = models.CharField(max_length=200, blank=True)
    source = models.CharField(_("Who"), max_length=16, choices=GroupSource, default=GroupSource.ANNOUNCED)
    criteria = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("group of guests")


class Invitation(models.Model):
    """One place in the order of protocol of one meeting: a guest of the directory, somebody of the register,
    or an institution that sends whom it chooses.

    Name and function are those of the day for guests; people of the register are read from their entry, so
    that what is corrected or erased there is so here too.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="invitations")
    position = models.PositiveIntegerField(_("Order of protocol"))
    guest = models.ForeignKey(
        Guest, null=True, blank=True, on_delete=models.PROTECT, related_name="invitations"
    )
    # A guest who is on the register too has both, so that their card finds the invitation.
    registrant = models.ForeignKey(
        Registrant, null=True, blank=True, on_delete=models.PROTECT, related_name="invitations"
    )
    institution = models.ForeignKey(
        Institution, null=True, blank=True, on_delete=models.PROTECT, related_name="invitations"
    )
    group = models.ForeignKey(
        GuestGroup, null=True, blank=True, on_delete=models.SET_NULL, related_name="invitations"
    )
    name_ar = models.CharField(_("Name in Arabic"), max_length=120, blank=True)
    name_fr = models.CharField(_("Name in Latin letters"), max_length=120, blank=True)
    title_ar = models.CharField(_("Function in Arabic"), max_length=160, blank=True)
    title_fr = models.CharField(_("Function in French"), max_length=160, blank=True)
    is_speaker = models.BooleanField(_("Speaks"), default=False)
    note = models.CharField(_("Note"), max_length=200, blank=True)
    # What the link in the letter is signed from; a new one makes the old letter's link void.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    answer = models.CharField(_("Reply"), max_length=10, choices=Answer, default=Answer.NONE)
    delegate_name = models.CharField(_("Delegate's name"), max_length=120, blank=True)
    delegate_title = models.CharField(_("Delegate's function"), max_length=160, blank=True)
    answered_at = models.DateTimeField(_("Answered on"), null=True, blank=True)
    # Empty where the guest answered by the link.
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(_("Withdrawn on"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        verbose_name = _("invitation")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "position"],
                name="invitation_position_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(fields=["meeting", "guest"], name="invitation_guest_once"),
            models.UniqueConstraint(fields=["meeting", "registrant"], name="invitation_registrant_once"),
            models.UniqueConstraint(
                fields=["meeting", "institution"],
                condition=Q(guest__isnull=True, registrant__isnull=True),
                name="invitation_institution_once",
            ),
            models.CheckConstraint(
                condition=Q(guest__isnull=False) | Q(registrant__isnull=False) | Q(institution__isnull=False),
                name="invitation_is_somebodys",
            ),
            models.CheckConstraint(
                condition=Q(guest__isnull=True) | ~Q(title_ar=""), name="invitation_guest_has_title"
            ),
            models.CheckConstraint(
                condition=(Q(answer=Answer.DELEGATE) & ~Q(delegate_name=""))
                | (~Q(answer=Answer.DELEGATE) & Q(delegate_name="", delegate_title="")),
                name="invitation_delegate_is_named",
            ),
            models.CheckConstraint(
                condition=Q(answer=Answer.NONE, answered_at__isnull=True)
                | (~Q(answer=Answer.NONE) & Q(answered_at__isnull=False)),
                name="invitation_answer_is_dated",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.title or self.institution_name

    @property
    def name(self) -> str:
        """Of the person; empty where only the function is known, or an institution is invited."""
        if self.guest_id is None and self.registrant_id is not None:
            return self.registrant.name
        return in_readers_language(self.name_ar, self.name_fr)

    @property
    def token(self) -> str:
        """What the link and the QR of the letter hold."""
        return tokens.sign(self.key, purpose="invitation")

    @property
    def title(self) -> str:
        return in_readers_language(self.title_ar, self.title_fr)

    @property
    def institution_name(self) -> str:
        return self.institution.name if self.institution_id else ""
