"""Private addresses under which calendars read meetings."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import Region
from events import tokens
from events.enums import FeedScope


class CalendarFeed(models.Model):
    """One address of one person. Whoever has it reads the calendar: it can be made void at any time.

    What it shows is what its owner may see when it is read, not when it was made.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feeds"
    )
    scope = models.CharField(_("What it shows"), max_length=8, choices=FeedScope)
    # For a region's calendar; empty for everything that its owner may see.
    region = models.ForeignKey(Region, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(_("Language"), max_length=2, default="ar")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("calendar address")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "scope", "region", "language"],
                condition=Q(revoked_at__isnull=True),
                nulls_distinct=False,
                name="feed_one_in_force",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.scope}"

    @property
    def token(self) -> str:
        return tokens.sign(self.key, purpose="calendar").lower()
