"""Which uses, requests and refusals a reader's figures speak of: a region or all, from one day to another."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from core.models import Region, User
from partners.models import Feedback, OfferUse, Referral
from partners.querysets.feedback import FeedbackQuerySet
from partners.querysets.referrals import ReferralQuerySet
from partners.querysets.uses import UseQuerySet


@dataclass(frozen=True)
class Scope:
    """`region` narrows what `reader` may see, and opens nothing; a day that is None is open."""

    reader: User
    region: Region | None = None
    since: date | None = None
    until: date | None = None

    @property
    def place(self) -> Region | None:
        """The one region that the figures speak of; None for the nation."""
        return self.region or (None if self.reader.sees_all_regions else self.reader.region)

    def uses(self) -> UseQuerySet:
        return self._within(OfferUse.objects.standing(), "used_at")

    def referrals(self) -> ReferralQuerySet:
        return self._within(Referral.objects.all(), "sent_at")

    def refusals(self) -> FeedbackQuerySet:
        return self._within(Feedback.objects.refusals(), "said_at")

    def _within(self, rows: QuerySet, moment: str) -> QuerySet:
        rows = rows.visible_to(self.reader).order_by()
        if self.region:
            rows = rows.filter(region=self.region)
        if self.since:
            rows = rows.filter(**{f"{moment}__gte": _midnight(self.since)})
        if self.until:
            rows = rows.filter(**{f"{moment}__lt": _midnight(self.until + timedelta(days=1))})
        return rows


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
