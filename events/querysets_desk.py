"""What is read of a meeting's lists, of presence and of scans, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Count, Q
from django.utils import timezone

from core.roles import Permission
from core.scoping import RegionScopedQuerySet
from events.enums import ListKind

if TYPE_CHECKING:
    from core.models import User
    from registry.models import Registrant


class CheckInListQuerySet(RegionScopedQuerySet):
    region_lookup = "meeting__region_id"

    def worked_by(self, user: User) -> Self:
        """The lists at which this person may work: their own, and those that are nobody's in particular."""
        from events.models import Duty

        if user.can(Permission.CHECK_IN):
            lists = self.visible_to(user)
        else:
            on_duty = Duty.objects.in_force(user)
            lists = self.filter(meeting__in=on_duty.values("meeting"))
        if user.can(Permission.MANAGE_MEETINGS):
            return lists
        theirs = self.model.agents.through.objects.filter(user=user).values("checkinlist")
        return lists.filter(Q(pk__in=theirs) | Q(agents__isnull=True))

    def for_desk(self) -> Self:
        return self.select_related("meeting")


class CheckInQuerySet(RegionScopedQuerySet):
    region_lookup = "meeting__region_id"

    def standing(self) -> Self:
        """Those not undone."""
        return self.filter(undone_at__isnull=True)

    def present(self) -> Self:
        """Those who stand at the door's list: the people present at the meeting."""
        return self.standing().filter(list__kind=ListKind.DOOR)

    def in_person(self) -> Self:
        """Those who came themselves: a delegate or a proxy is present, whoever they stand for is not."""
        return self.filter(delegate_name="")

    def with_card_given(self) -> Self:
        return self.filter(hand_over__isnull=False, hand_over__undone_at__isnull=True)

    def of(self, registrant: Registrant) -> Self:
        """A person's attendance, the latest meeting first; that of entries merged into this one too."""
        return (
            self.present()
            .in_person()
            .filter(Q(registrant=registrant) | Q(registrant__merged_into=registrant))
            .select_related("meeting__commune", "hand_over")
            .order_by("-meeting__starts_at")
        )

    def worked_by(self, user: User) -> Self:
        """Those of the lists at which this person may work."""
        from events.models import CheckInList

        return self.filter(list__in=CheckInList.objects.worked_by(user))

    def counted_by(self, field: str) -> dict[str, int]:
        """How many there are of each value; those without one under an empty key."""
        rows = self.order_by().values_list(field).annotate(number=Count("pk"))
        return {value or "": number for value, number in rows}

    def with_people(self) -> Self:
        """With all that the name and the line of somebody present say."""
        return self.select_related(
            "registrant__commune", "invitation__institution", "invitation__registrant", "walk_in__commune"
        )

    def for_desk(self) -> Self:
        return self.with_people().select_related("meeting", "list__meeting", "card", "hand_over")


class ScanQuerySet(RegionScopedQuerySet):
    region_lookup = "meeting__region_id"

    def by_desk(self, user: User) -> Self:
        """What one person scanned, the newest first."""
        return self.filter(scanned_by=user).order_by("-scanned_at")

    def today(self) -> Self:
        return self.filter(scanned_at__date=timezone.localdate())

    def with_answer(self) -> Self:
        """With all that the desk's screen says of a scan."""
        return self.select_related(
            "list",
            "card",
            "invitation__meeting",
            "check_in__registrant__commune",
            "check_in__invitation__institution",
            "check_in__invitation__registrant",
            "check_in__walk_in__commune",
            "check_in__hand_over",
            "check_in__card",
        )
