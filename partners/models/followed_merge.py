"""What offers handed from one entry of the register to another, so that it can be handed back."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.models import Registrant


class FollowedMerge(models.Model):
    """One merge that offers followed. Undone, its records go back and this row goes.

    `moved` holds keys alone: of `referrals`, `feedback`, `favourites` and `uses` that changed hands, and
    under `doubled` the offers that both kept.
    """

    kept = models.ForeignKey(Registrant, on_delete=models.CASCADE, related_name="+")
    merged = models.ForeignKey(Registrant, on_delete=models.CASCADE, related_name="+")
    moved = models.JSONField(default=dict)
    moved_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("merge that offers followed")

    def __str__(self) -> str:
        return f"{self.merged_id} -> {self.kept_id}"
