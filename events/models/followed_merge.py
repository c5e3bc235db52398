"""What meetings handed from one entry of the register to another, so that it can be handed back."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.models import Registrant


class FollowedMerge(models.Model):
    """One merge that meetings followed. Undone, its records go back and this row goes.

    `moved` holds keys alone: `guests`, `invitations` and `ceremony` that changed hands; `joined`, one list an
    invitation that gave way: [the one that stands, the other, whether its answer was taken]; `off_stage`, one
    list an entry of a ceremony that gave way: [the meeting, the role].
    """

    kept = models.ForeignKey(Registrant, on_delete=models.CASCADE, related_name="+")
    merged = models.ForeignKey(Registrant, on_delete=models.CASCADE, related_name="+")
    moved = models.JSONField(default=dict)
    moved_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("merge that meetings followed")

    def __str__(self) -> str:
        return f"{self.merged_id} -> {self.kept_id}"
