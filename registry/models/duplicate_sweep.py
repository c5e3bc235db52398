"""Going through the whole register in search of duplicates, a stretch at a time."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class DuplicateSweep(models.Model):
    """How far one pass is: whoever goes on with it starts behind `last_id`, so that it can be killed."""

    # Empty for the whole country.
    region_code = models.CharField(max_length=2, blank=True)
    last_id = models.BigIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField()
    pairs_found = models.PositiveIntegerField(default=0)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)
    cancelled = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("search for duplicates")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["region_code"],
                condition=Q(finished_at__isnull=True),
                name="duplicate_sweep_one_running",
            )
        ]

    def __str__(self) -> str:
        return f"{self.region_code or '*'} {self.done}/{self.total}"
