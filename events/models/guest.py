"""Guests in order of protocol, and the groups invited as such."""

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.models.territory import BilingualName
from events.models.meeting import Meeting


class Institution(BilingualName):
    """An institution whose people are invited again and again."""

    class Meta:
        ordering = ["name_ar"]
        verbose_name = _("institution")
        constraints = [models.UniqueConstraint(fields=["name_ar"], name="institution_once")]


class Guest(models.Model):
    """Somebody invited by function; the name is known or not."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="guests")
    position = models.PositiveSmallIntegerField(_("Order of protocol"))
    name_ar = models.CharField(_("Name in Arabic"), max_length=120, blank=True)
    name_fr = models.CharField(_("Name in Latin letters"), max_length=120, blank=True)
    title_ar = models.CharField(_("Title in Arabic"), max_length=160)
    title_fr = models.CharField(_("Title in French"), max_length=160, blank=True)
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="guests")
    is_speaker = models.BooleanField(_("Speaks"), default=False)
    note = models.CharField(_("Note"), max_length=200, blank=True)

    class Meta:
        ordering = ["position"]
        verbose_name = _("guest")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "position"],
                name="guest_position_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(condition=~Q(title_ar=""), name="guest_has_title"),
        ]

    def __str__(self) -> str:
        return self.name or self.title

    @property
    def name(self) -> str:
        arabic = (get_language() or "ar").startswith("ar")
        return self.name_ar if arabic else (self.name_fr or self.name_ar)

    @property
    def title(self) -> str:
        arabic = (get_language() or "ar").startswith("ar")
        return self.title_ar if arabic else (self.title_fr or self.title_ar)


class GuestGroup(BilingualName):
    """People invited together, such as the members of the chamber."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="guest_groups")
    position = models.PositiveSmallIntegerField(default=1)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["position", "id"]
