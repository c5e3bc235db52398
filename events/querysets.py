"""What is read of meetings, by name."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from core.arabic import clean, compact_number, fold
from core.scoping import RegionScopedQuerySet
from events import tokens
from events.enums import NOT_COMING, OPEN_FOR_CHECK_IN, DeliveryState, MailingState, MeetingState

if TYPE_CHECKING:
    from core.models import Region, User
    from events.models import Invitation, Meeting
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

    def overlapping(self, *, starts_at: datetime, ends_at: datetime | None) -> Self:
        """Meetings that take place at some moment of this time."""
        until = ends_at or starts_at + USUAL_LENGTH
        return (
            self.exclude(state__in=NOT_COMING)
            .alias(until=Coalesce("ends_at", F("starts_at") + USUAL_LENGTH))
            .filter(starts_at__lt=until, until__gt=starts_at)
        )

    def patterns_for(self, user: User) -> Self:
        """What a new meeting may follow: templates of the region and national ones, then earlier meetings."""
        national = Q(template__is_national=True)
        seen = Q(pk__in=type(self)(self.model).visible_to(user).with_agenda().values("pk"))
        return self.filter(national | seen).order_by(F("template__pk").asc(nulls_last=True), "-starts_at")

    def for_feed(self) -> Self:
        """What calendars are told of: everything but drafts, from a year ago on."""
        since = timezone.now() - timedelta(days=366)
        return (
            self.exclude(state=MeetingState.DRAFT)
            .filter(starts_at__gte=since)
            .select_related("caravan", "commune")
            .order_by("starts_at", "pk")
        )

    def worked_at_by(self, user: User) -> Self:
        """Those that somebody leads, or is on duty at."""
        return self.filter(Q(director=user) | Q(duties__user=user)).distinct()

    def for_artisan(self, user: User, *, is_invited: bool) -> Self:
        """What somebody of the register is told of: what they are invited to, or all of their region."""
        from events.models import Invitation

        if is_invited:
            own = Invitation.objects.standing().filter(registrant__user=user)
            return self.filter(pk__in=own.values("meeting"))
        return self.filter(region__registrant__user=user)

    def with_agenda(self) -> Self:
        """Those that have an agenda to copy."""
        return self.filter(agenda__isnull=False).distinct()

    def for_list(self) -> Self:
        return self.select_related("caravan", "region", "commune__province")

    def for_page(self) -> Self:
        """With everything that the meeting's page shows, in a fixed number of queries."""
        return self.select_related(
            "caravan__programme", "region", "commune__province", "created_by", "director"
        ).prefetch_related(
            "organisers",
            "guest_groups",
            "agenda__speakers__institution",
            "agenda__speakers__registrant",
            "agenda__service_domains",
            "agenda__attachments",
        )


class AgendaItemQuerySet(models.QuerySet):
    def for_list(self) -> Self:
        """With all that the agenda says of an item, in a fixed number of queries."""
        return self.prefetch_related(
            "speakers__institution", "speakers__registrant", "service_domains", "attachments"
        )


class GuestQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """The region's guests, and those who are invited everywhere."""
        if user.sees_all_regions:
            return self.all()
        if user.is_staff_member and user.region_id:
            return self.filter(Q(region_id=user.region_id) | Q(region__isnull=True))
        return self.none()

    def active(self) -> Self:
        return self.filter(is_active=True)

    def search(self, text: str) -> Self:
        """By words of the name, the function or the institution, in either language."""
        found = self
        for word in fold(clean(text)).split():
            found = found.filter(Q(name_key__contains=word) | Q(institution__name_key__contains=word))
        return found

    def for_list(self) -> Self:
        return self.select_related("institution", "region", "registrant")


class InvitationQuerySet(RegionScopedQuerySet):
    region_lookup = "meeting__region_id"

    def standing(self) -> Self:
        """Those not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)

    def with_people(self) -> Self:
        """With all that one line of a list says."""
        return self.select_related("guest", "registrant", "institution", "group")

    def by_token(self, token: str) -> Invitation | None:
        """The one that a link or a QR was made for, unless it was withdrawn or given a new key."""
        key = tokens.read(token, purpose="invitation")
        if key is None:
            return None
        known = self.standing().with_people().select_related("meeting__commune", "meeting__caravan")
        return known.filter(key=key).first()

    def of_person(self, registrant: Registrant) -> Self:
        """Of somebody on the register, invited as such or as a guest of the directory."""
        return self.filter(registrant=registrant)

    def search(self, text: str) -> Self:
        """By words of a name, a function or an institution; a registration number finds its holder."""
        typed = clean(text)
        if not typed:
            return self
        found = Q()
        for word in fold(typed).split():
            found &= (
                Q(registrant__name_key__contains=word)
                | Q(guest__name_key__contains=word)
                | Q(institution__name_key__contains=word)
            )
        compact = compact_number(typed)
        if compact:
            found |= Q(registrant__nia_compact=compact)
        return self.filter(found)

    def answers(self) -> dict[str, int]:
        """How many gave each answer."""
        return dict(self.order_by().values_list("answer").annotate(n=Count("pk")))

    def of_the_register(self) -> Self:
        """Those whose people are on the register."""
        return self.filter(registrant__isnull=False)

    def named(self) -> Self:
        """Guests and institutions: everyone but those of the register, who come in their hundreds."""
        return self.filter(Q(guest__isnull=False) | Q(registrant__isnull=True))


class MailingQuerySet(RegionScopedQuerySet):
    region_lookup = "meeting__region_id"

    def running(self) -> Self:
        return self.filter(state=MailingState.RUNNING)


class DeliveryQuerySet(RegionScopedQuerySet):
    region_lookup = "mailing__meeting__region_id"

    def pending(self) -> Self:
        return self.filter(state=DeliveryState.PENDING)

    def not_arrived(self) -> Self:
        """What somebody has to look at: nothing of it is tried again by itself."""
        return self.filter(
            state__in=(DeliveryState.FAILED, DeliveryState.UNREACHABLE, DeliveryState.UNCLEAR)
        ).select_related("invitation__guest", "invitation__registrant", "invitation__institution")

    def counts(self) -> dict[str, int]:
        """How many are in each state."""
        return dict(self.order_by().values_list("state").annotate(n=Count("pk")))


class DutyQuerySet(RegionScopedQuerySet):
    region_lookup = "meeting__region_id"

    def in_force(self, user: User) -> Self:
        """Those of an active account at meetings that take place today on Moroccan clocks."""
        today = timezone.localdate()
        last_day = Coalesce("meeting__ends_at__date", "meeting__starts_at__date")
        if not user.is_active:
            return self.none()
        return self.alias(last_day=last_day).filter(
            user=user, meeting__starts_at__date__lte=today, last_day__gte=today
        )
