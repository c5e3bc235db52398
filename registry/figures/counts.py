"""Reading the counted lines: each function is one query, whatever the size of the register."""

from collections import defaultdict
from datetime import date

from django.db.models import Sum

from registry.models import Figure, FigureSnapshot
from registry.models.figure import Subject

# What a dashboard divides people by; the rest has queries of its own.
DIVIDED = (
    Subject.BRANCH,
    Subject.KIND,
    Subject.GENDER,
    Subject.AGE,
    Subject.STATE,
    Subject.CARD,
    Subject.UNCOLLECTED,
    Subject.APPLICATION,
)

Months = tuple[date | None, date | None]


def registered_by_province(snapshot: FigureSnapshot, region_code: str | None = None) -> dict[str, int]:
    """Everybody on the register now, by the province's code."""
    return _by_key(_lines(snapshot, [Subject.PROVINCE], region_code))


def by_subject(
    snapshot: FigureSnapshot, region_code: str | None, months: Months
) -> dict[str, dict[str, int]]:
    """The numbers of every subject by key, of what happened in those months."""
    lines = _lines(snapshot, DIVIDED, region_code).within(*months)
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for subject, key, number in lines.values_list("subject", "key").annotate(total=Sum("number")):
        found[subject][key] = number
    return found


def by_month(snapshot: FigureSnapshot, region_code: str | None, months: Months) -> dict[date, int]:
    """How many of those on the register now were entered in each month."""
    lines = _lines(snapshot, [Subject.PROVINCE], region_code).within(*months)
    return dict(lines.order_by("month").values_list("month").annotate(total=Sum("number")))


def _lines(snapshot: FigureSnapshot, subjects, region_code: str | None):
    lines = Figure.objects.filter(snapshot=snapshot, subject__in=subjects)
    return lines.filter(region_id=region_code) if region_code else lines


def _by_key(lines) -> dict[str, int]:
    return dict(lines.values_list("key").annotate(total=Sum("number")))
