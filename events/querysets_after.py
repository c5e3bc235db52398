"""What is read of questions, follow-ups, minutes and photographs, by name."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Self

from django.utils import timezone

from core.scoping import RegionScopedQuerySet
from events.enums import PhotographConsent, QuestionState

# Somebody is reminded so many days before a follow-up is due, and again every so many days once it is late.
REMIND_BEFORE, REMIND_AGAIN = timedelta(days=3), timedelta(days=7)


class OfMeetingQuerySet(RegionScopedQuerySet):
    region_lookup = "meeting__region_id"


class AnnexQuerySet(RegionScopedQuerySet):
    region_lookup = "minutes__meeting__region_id"


class QuestionQuerySet(OfMeetingQuerySet):
    def open(self) -> Self:
        return self.filter(state=QuestionState.OPEN)

    def with_answerers(self) -> Self:
        return self.select_related(
            "answerer__institution", "answerer__registrant", "domain", "follow_up", "noted_by"
        )


class FollowUpQuerySet(OfMeetingQuerySet):
    def open(self) -> Self:
        return self.filter(done_on__isnull=True)

    def late(self, today: date | None = None) -> Self:
        return self.open().filter(due_on__lt=today or timezone.localdate())

    def to_remind(self, today: date) -> Self:
        """Due soon and never reminded, or late and not reminded for some days."""
        soon = self.open().filter(due_on__lte=today + REMIND_BEFORE)
        return soon.filter(reminded_on__isnull=True) | soon.filter(
            due_on__lt=today, reminded_on__lte=today - REMIND_AGAIN
        )

    def for_list(self) -> Self:
        return self.select_related("meeting__commune", "question", "owner")


class PhotographQuerySet(OfMeetingQuerySet):
    def public(self) -> Self:
        return self.filter(is_public=True).exclude(consent=PhotographConsent.NONE)


class CeremonyQuerySet(OfMeetingQuerySet):
    def with_people(self) -> Self:
        return self.select_related("registrant__commune")
