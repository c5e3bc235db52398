"""What is read of meetings, by name."""

from datetime import date, timedelta
from typing import Self

from django.utils import timezone

from core.scoping import RegionScopedQuerySet
from events.enums import MeetingState


class MeetingQuerySet(RegionScopedQuerySet):
    def in_month(self, first_day: date) -> Self:
        """Meetings whose local start lies in the month that `first_day` begins."""
        following = (first_day + timedelta(days=31)).replace(day=1)
        return self.filter(starts_at__date__gte=first_day, starts_at__date__lt=following)

    def upcoming(self) -> Self:
        return self.filter(starts_at__date__gte=timezone.localdate()).exclude(
            state__in=[MeetingState.CANCELLED, MeetingState.POSTPONED]
        )

    def today(self) -> Self:
        return self.filter(starts_at__date=timezone.localdate())

    def open_for_check_in(self) -> Self:
        return self.filter(state__in=[MeetingState.SCHEDULED, MeetingState.ANNOUNCED, MeetingState.UNDER_WAY])

    def for_list(self) -> Self:
        return self.select_related("caravan", "region", "commune__province")


class CheckInQuerySet(RegionScopedQuerySet):
    region_lookup = "meeting__region_id"

    def standing(self) -> Self:
        """Those not undone."""
        return self.filter(undone_at__isnull=True)
