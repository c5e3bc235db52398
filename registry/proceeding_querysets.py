"""What is read of proceedings, by name."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db.models import Q

from core.scoping import RegionScopedQuerySet
from registry.enums import OPEN_STAGES, STANDING_STAGES, ProceedingStage


class ProceedingQuerySet(RegionScopedQuerySet):
    region_lookup = "registrant__region_id"

    def open(self) -> Self:
        return self.filter(stage__in=OPEN_STAGES)

    def waiting_for_reply(self, today: date) -> Self:
        """Notices whose time is running, the nearest limit first."""
        return self.filter(stage=ProceedingStage.NOTIFIED, reply_until__gte=today).order_by("reply_until")

    def to_decide(self, today: date) -> Self:
        """Replied, or the time to reply is over; the oldest limit first."""
        over = Q(stage=ProceedingStage.NOTIFIED, reply_until__lt=today)
        return self.filter(Q(stage=ProceedingStage.REPLIED) | over).order_by("reply_until")

    def overdue(self, today: date) -> Self:
        """Notices past their reply date on which nobody has decided."""
        return self.filter(stage=ProceedingStage.NOTIFIED, reply_until__lt=today)

    def appeals(self) -> Self:
        """Appeals that nobody has decided on, oldest first."""
        return self.filter(stage=ProceedingStage.APPEALED).order_by("appealed_on")

    def standing(self) -> Self:
        """Decisions that hold now."""
        return self.filter(stage__in=STANDING_STAGES)

    def closed(self) -> Self:
        return self.exclude(stage__in=OPEN_STAGES).order_by("-id")

    def with_list_columns(self) -> Self:
        return self.select_related("registrant__commune", "notice_ground", "ground")

    def with_whole_way(self) -> Self:
        """Everything that the page of one proceeding shows."""
        return self.select_related(
            "registrant",
            "notice_by",
            "notice_ground",
            "ground",
            "decided_by",
            "appeal_ground",
            "appeal_decided_by",
        ).prefetch_related("reply_documents", "appeal_documents")
