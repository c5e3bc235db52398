"""What was used, asked for and refused, counted by one thing in three queries."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Aggregate, Count, DateField, DurationField, F, Q
from django.db.models.functions import TruncMonth
from django.utils import timezone

from partners.enums import OPEN_REFERRALS, ReferralState
from partners.figures.scope import Scope

_ANSWERED = Q(state__in=[ReferralState.ACCEPTED, ReferralState.REFUSED])
PARTNER, OFFER, REGION, MONTH = "partner", "offer", "region", "month"
_KEYS = {PARTNER: "offer__partner", OFFER: "offer", REGION: "region"}


class Median(Aggregate):
    """The one in the middle, between the two in the middle of an even number."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


@dataclass
class Tally:
    """Requests are those sent in the period, by where they stand now; `told` are refusals told by holders."""

    uses: int = 0
    sent: int = 0
    accepted: int = 0
    refused: int = 0
    overdue: int = 0
    median: timedelta | None = None
    told: int = 0

    @property
    def median_days(self) -> float | None:
        return None if self.median is None else round(self.median / timedelta(days=1), 1)

    @property
    def values(self) -> list:
        """In the order of `core.figures` columns that the sections have."""
        return [
            self.uses,
            self.sent,
            self.accepted,
            self.refused,
            self.overdue,
            self.median_days,
            self.told,
        ]


def tally_by(scope: Scope, by: str) -> dict[Hashable, Tally]:
    """By the key of a partner, an offer or a region, or by the first day of a month."""
    found: dict[Hashable, Tally] = {}
    for key, uses in _by(scope.uses(), by, "used_at").annotate(uses=Count("pk")):
        found.setdefault(key, Tally()).uses = uses
    names = list(_asked())
    for key, *numbers in _by(scope.referrals(), by, "sent_at").annotate(**_asked()):
        tally = found.setdefault(key, Tally())
        for name, number in zip(names, numbers, strict=True):
            setattr(tally, name, number)
    for key, told in _by(scope.refusals().told_by_holders(), by, "said_at").annotate(told=Count("pk")):
        found.setdefault(key, Tally()).told = told
    return found


def tally_all(scope: Scope) -> Tally:
    """Everything together; a median is not the sum of others, so it is asked for anew."""
    return Tally(
        uses=scope.uses().count(),
        **scope.referrals().aggregate(**_asked()),
        told=scope.refusals().told_by_holders().count(),
    )


def _by(rows, by: str, moment: str):
    key = TruncMonth(moment, output_field=DateField()) if by == MONTH else F(_KEYS[by])
    return rows.annotate(key=key).values_list("key")


def _asked() -> dict[str, Any]:
    late = Q(state__in=OPEN_REFERRALS, due_on__lt=timezone.localdate())
    return {
        "sent": Count("pk"),
        "accepted": Count("pk", filter=Q(state=ReferralState.ACCEPTED)),
        "refused": Count("pk", filter=Q(state=ReferralState.REFUSED)),
        "overdue": Count("pk", filter=late),
        "median": Median(F("decided_at") - F("sent_at"), filter=_ANSWERED),
    }
