"""People who came and are on no list: written down in three fields."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import Commune
from core.scoping import RegionScopedQuerySet
from events.models.meeting import Meeting

# What stands in the place of a name that is kept no longer.
FORGOTTEN = "—"


class WalkInQuerySet(RegionScopedQuerySet):
    region_lookup = "meeting__region_id"

    def known(self) -> Self:
        """Those whose name is still kept."""
        return self.exclude(name=FORGOTTEN)


class WalkIn(models.Model):
    """Somebody at the door who is neither invited nor on the register. `id` is chosen by the desk's page."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="walk_ins")
    name = models.CharField(_("Name"), max_length=120)
    phone = models.CharField(_("Telephone"), max_length=16, blank=True)
    commune = models.ForeignKey(
        Commune, verbose_name=_("Commune"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # The counter's draft that was begun for them, if any: its key in the register.
    draft_key = models.UUIDField(null=True, blank=True, unique=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = WalkInQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]
        verbose_name = _("walk-in")
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="walk_in_has_name")]

    def __str__(self) -> str:
        return self.name
