"""Counters that leave no gap: the row is locked until the number is used or the transaction undone."""

from django.db import models

from core.models import Region


class NumberSequence(models.Model):
    region = models.OneToOneField(Region, on_delete=models.PROTECT, related_name="number_sequence")
    last_value = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.region_id}: {self.last_value}"
