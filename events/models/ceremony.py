"""Who receives their card on the stage, in the order in which they are called."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from events.enums import CeremonyRole
from events.models.meeting import Meeting
from events.querysets_after import CeremonyQuerySet
from registry.models import Registrant


class CeremonyEntry(models.Model):
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="ceremony")
    position = models.PositiveIntegerField()
    registrant = models.ForeignKey(Registrant, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(_("Called as"), max_length=9, choices=CeremonyRole, default=CeremonyRole.ARTISAN)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = CeremonyQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        verbose_name = _("card given on the stage")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "registrant"], name="ceremony_once"),
            models.UniqueConstraint(
                fields=["meeting", "position"],
                name="ceremony_position_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.registrant_id}"
