"""What tells a process that the offers it has read are no longer so."""

from django.db import models

from partners.enums import Topic


class CatalogueChange(models.Model):
    """One statement that changed what offers or places are, written by triggers of the database.

    Whoever sees the same rows here sees the same offers: a row comes in sight together with its change.
    """

    topic = models.CharField(max_length=6, choices=Topic)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(topic__in=Topic.values), name="catalogue_change_topic")
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.pk}"
