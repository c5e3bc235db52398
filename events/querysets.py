"""What is read of meetings, by name."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from core.scoping import RegionScopedQuerySet
from events.enums import NOT_COMING, OPEN_FOR_CHECK_IN

if TYPE_CHECKING:
    from core.models import Commune, Region, User
    from events.models import Meeting
    from registry.models import Registrant

# How long a meeting takes where nobody said when it ends: so long its venue counts as taken.
USUAL_LENGTH = timedelta(hours=3)


class MeetingQuerySet(RegionScopedQuerySet):
    def in_month(self, first_day: date) -> Self:
        """Meetings whose local start lies in the month that `first_day` begins."""
        following = (first_day + timedelta(days=31)).replace(day=1)
        return self.filter(starts_at__date__gte=first_day, starts_at__date__lt=following)

    def upcoming(self) -> Self:
        """From today on, the nearest first."""
        coming = self.filter(starts_at__date__gte=timezone.localdate()).exclude(state__in=NOT_COMING)
        return coming.order_by("starts_at")

    def today(self) -> Self:
        day = self.filter(starts_at__date=timezone.localdate()).exclude(state__in=NOT_COMING)
        return day.order_by("starts_at")

    def nearest_after(self, day: date) -> Meeting | None:
        return (
            self.filter(starts_at__date__gte=day).exclude(state__in=NOT_COMING).order_by("starts_at").first()
        )

    def latest_before(self, day: date) -> Meeting | None:
        return self.filter(starts_at__date__lt=day).order_by("-starts_at").first()

    def open_for_check_in(self) -> Self:
        return self.filter(state__in=OPEN_FOR_CHECK_IN)

    def of_region(self, region: Region) -> Self:
        """What the people of a region are told of, whoever asks."""
        return self.filter(region=region)

    def overlapping(self, *, commune: Commune, starts_at: datetime, ends_at: datetime | None) -> Self:
        """Meetings that take place in the commune at some moment of this time."""
        until = ends_at or starts_at + USUAL_LENGTH
        return (
            self.exclude(state__in=NOT_COMING)
            .alias(until=Coalesce("ends_at", F("starts_at") + USUAL_LENGTH))
            .filter(commune=commune, starts_at__lt=until, until__gt=starts_at)
        )

    def with_agenda(self) -> Self:
        """Those that have an agenda to copy."""
        return self.filter(agenda__isnull=False).distinct()

    def for_list(self) -> Self:
        return self.select_related("caravan", "region", "commune__province")

    def for_page(self) -> Self:
        """With everything that the meeting's page shows, in a fixed number of queries."""
        return self.select_related(
            "caravan__programme", "region", "commune__province", "created_by"
        ).prefetch_related(
            "organisers",
            "guests__institution",
            "guest_groups",
            "agenda__speakers__institution",
            "agenda__service_domains",
        )


class CheckInQuerySet(RegionScopedQuerySet):
    region_lookup = "meeting__region_id"

    def standing(self) -> Self:
        """Those not undone."""
        return self.filter(undone_at__isnull=True)

    def with_card_given(self) -> Self:
        return self.filter(Q(hand_over__isnull=False) & Q(hand_over__undone_at__isnull=True))

    def of(self, registrant: Registrant) -> Self:
        """A person's attendance, the latest meeting first."""
        return (
            self.standing()
            .filter(registrant=registrant)
            .select_related("meeting__commune", "hand_over")
            .order_by("-meeting__starts_at")
        )

    def for_desk(self) -> Self:
        return self.select_related("meeting", "registrant__commune", "card", "hand_over")


class ScanQuerySet(RegionScopedQuerySet):
    region_lookup = "meeting__region_id"

    def by_desk(self, user: User) -> Self:
        """What one person scanned, the newest first."""
        return self.filter(scanned_by=user).order_by("-scanned_at")

    def with_answer(self) -> Self:
        """With all that the desk's screen says of a scan."""
        return self.select_related(
            "meeting", "card", "check_in__registrant__commune", "check_in__hand_over", "check_in__card"
        )
