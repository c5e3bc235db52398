"""The dashboards of the nation and of a region, made from the counted lines alone."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from core.charts import Direction
from core.dates import moment_in_words
from core.figures import Section
from core.models import Province, Region, User
from core.workbooks import workbook
from registry.enums import ApplicationState
from registry.figures import breakdowns, overview
from registry.figures.counts import by_month, by_subject, registered_by_province
from registry.figures.period import Period
from registry.figures.progress import Progress, progress
from registry.models import CraftBranch, DailyTotal, FigureSnapshot, RegistrationTarget

TREND_DAYS = 60


@dataclass(frozen=True)
class Dashboard:
    snapshot: FigureSnapshot
    region: Region | None
    period: Period
    progress: Progress
    # Whatever the period: what waits, waits now.
    uncollected: int
    undecided: int
    sections: list[Section]

    def workbook(self) -> bytes:
        """Every table as a sheet."""
        notes = [
            _("As of %(moment)s") % {"moment": moment_in_words(self.snapshot.taken_at)},
            _("Period: %(period)s") % {"period": self.period.words},
        ]
        return workbook(self.sections, title=title_of(self.region), notes=notes)


def dashboard(
    snapshot: FigureSnapshot, region: Region | None, period: Period, reader: User, *, linked: bool = True
) -> Dashboard:
    """`linked` is for pages: regions that the reader may open lead to their own dashboard."""
    code = region.pk if region else None
    direction = Direction.RTL if get_language_bidi() else Direction.LTR
    provinces = Province.objects.with_communes().select_related("region")
    provinces = list(provinces.filter(region=region) if region else provinces)
    registered = registered_by_province(snapshot, code)
    targets = RegistrationTarget.objects.filter(province__in=provinces).in_force(
        timezone.localdate(snapshot.taken_at)
    )
    numbers = by_subject(snapshot, code, period.months)
    now = by_subject(snapshot, code, (None, None))
    branches = {str(branch.pk): branch.name for branch in CraftBranch.objects.all()}
    if region:
        first = overview.provinces(provinces, registered, targets, direction)
    else:
        first = overview.regions(provinces, registered, targets, _addresses(reader) if linked else {})
    sections = [
        first,
        overview.funnel(numbers["application"], direction),
        overview.decision_times(_decision_times(snapshot, code, period), direction),
        overview.registrations(by_month(snapshot, code, period.months), direction),
        breakdowns.branches(numbers["branch"], branches, direction),
        breakdowns.kinds(numbers["kind"], direction),
        breakdowns.genders(numbers["gender"], direction),
        breakdowns.ages(numbers["age"], direction),
        breakdowns.states(numbers["state"], direction),
        breakdowns.cards(numbers["card"], direction),
        breakdowns.uncollected(numbers["uncollected"], direction),
    ]
    trend = _daily_totals(snapshot, code)
    if len(trend) > 1:
        sections.append(overview.trend(trend, direction))
    return Dashboard(
        snapshot=snapshot,
        region=region,
        period=period,
        progress=progress([province.pk for province in provinces], registered, targets),
        uncollected=sum(now["uncollected"].values()),
        undecided=now["application"].get(ApplicationState.SUBMITTED, 0),
        sections=sections,
    )


def _addresses(reader: User) -> dict[str, str]:
    """The regions whose details this reader may see."""
    codes = Region.objects.values_list("pk", flat=True) if reader.sees_all_regions else [reader.region_id]
    return {code: reverse("registry:region_figures", args=[code]) for code in codes}


def _decision_times(snapshot: FigureSnapshot, region_code: str | None, period: Period) -> list:
    times = snapshot.decision_times.filter(region_id=region_code, month__isnull=False)
    first, last = period.months
    return [
        time
        for time in times
        if (first is None or time.month >= first) and (last is None or time.month <= last)
    ]


def _daily_totals(snapshot: FigureSnapshot, region_code: str | None) -> list[tuple]:
    totals = DailyTotal.objects.filter(
        day__gt=timezone.localdate(snapshot.taken_at) - timedelta(days=TREND_DAYS)
    )
    if region_code:
        totals = totals.filter(province__region_id=region_code)
    return list(totals.order_by("day").values_list("day").annotate(total=Sum("number")))


def title_of(region: Region | None) -> str:
    return _("Figures of %(region)s") % {"region": region.name} if region else _("National figures")
