"""Sections on where the register stands: targets, applications, decisions, months."""

from datetime import date
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.charts import Bar, Direction, Series, Tile, bars, columns, lines, tiles
from core.charts.drawing import spaced
from core.dates import month_name
from core.figures import Percent, Section, Table
from core.models import Province
from registry.enums import ApplicationState
from registry.figures.progress import progress
from registry.models import DecisionTime

# What a chart of months has room for; its table has them all.
_MONTHS_DRAWN = 24


def provinces(
    within: list[Province], registered: dict[str, int], targets: dict[str, int], direction: Direction
) -> Section:
    title = _("Registered against target, by province")
    note = _(
        "People and organisations on the register now, suspended ones left out, beside the target of the"
        " directorate for the end of this year. The filter by period does not change it."
    )
    rows, drawn = [], []
    for province in within:
        number, target = registered.get(province.pk, 0), targets.get(province.pk)
        share = Percent(round(100 * number / target)) if target else None
        rows.append([province.name, number, _("not set") if target is None else target, share])
        words = f"{spaced(number)} · {share}" if share else spaced(number)
        drawn.append(Bar(province.name, number, words, target))
    chart = bars("provinces", title, note, drawn, direction, target_words=_("The line across is the target."))
    headers = [_("Province"), _("On the register"), _("Target"), _("Share of the target")]
    return Section("provinces", title, note, Table(headers, rows), chart)


def regions(
    within: list[Province], registered: dict[str, int], targets: dict[str, int], addresses: dict[str, str]
) -> Section:
    title = _("Registered against target, by region")
    note = _(
        "People and organisations on the register now, suspended ones left out. The share is that of"
        " the provinces with a target for this year; the darker a tile, the nearer to it."
    )
    rows, links, drawn = [], [], {}
    in_order = sorted(within, key=lambda province: province.region_id)
    for region, group in groupby(in_order, key=lambda province: province.region):
        reached = progress([province.pk for province in group], registered, targets)
        url = addresses.get(region.pk, "")
        share = None if reached.percent is None else Percent(reached.percent)
        set_in = _("%(n)s of %(all)s") % {"n": reached.with_target, "all": reached.provinces}
        target = _("not set") if reached.target is None else reached.target
        rows.append([region.name, reached.registered, target, share, set_in])
        links.append(url)
        drawn[region.pk] = Tile(
            region.name,
            spaced(reached.registered),
            str(share or _("target not set")),
            reached.percent,
            url,
        )
    headers = [
        _("Region"),
        _("On the register"),
        _("Target"),
        _("Share of the target"),
        _("Provinces with a target"),
    ]
    chart = tiles("regions", title, note, drawn)
    return Section("regions", title, note, Table(headers, rows), chart, wide=True, links=links)


def funnel(numbers: dict[str, int], direction: Direction) -> Section:
    title = _("Applications, by where they stand")
    note = _("Applications entered in the period, by their state now.")
    rows = [[str(state.label), numbers.get(state, 0)] for state in ApplicationState]
    total = sum(number for _label, number in rows)
    drawn = [Bar(label, number, _with_share(number, total)) for label, number in rows]
    rows.append([_("Together"), total])
    chart = bars("applications", title, note, drawn, direction)
    return Section("applications", title, note, Table([_("State"), _("Applications")], rows), chart)


def decision_times(times: list[DecisionTime], direction: Direction) -> Section:
    title = _("Time to decision, by month")
    note = _(
        "Days from submission to approval or rejection, by the month of the decision: half of the decisions"
        " took no longer than the median, nine of ten no longer than the second number."
    )
    drawn = times[-_MONTHS_DRAWN:]
    series = [
        Series(_("Median, in days"), [time.median_days for time in drawn]),
        Series(_("Nine of ten, in days"), [time.ninth_decile_days for time in drawn]),
    ]
    labels = [_month(time.month) for time in drawn]
    chart = lines("decisions", title, note, labels, series, direction) if drawn else None
    rows = [
        [_month_words(time.month), time.number, round(time.median_days, 1), round(time.ninth_decile_days, 1)]
        for time in reversed(times)
    ]
    headers = [_("Month"), _("Decisions"), _("Median, in days"), _("Nine of ten, in days")]
    return Section("decisions", title, note, Table(headers, rows), chart)


def registrations(months: dict[date, int], direction: Direction) -> Section:
    title = _("Entered on the register, by month")
    note = _("Those on the register now, by the month in which they were entered.")
    drawn = list(_without_gaps(months))[-_MONTHS_DRAWN:]
    labels = [_month(month) for month in drawn]
    series = Series(_("Registrations"), [months.get(month, 0) for month in drawn])
    chart = columns("months", title, note, labels, series, direction) if drawn else None
    rows = [[_month_words(month), number] for month, number in sorted(months.items(), reverse=True)]
    return Section("months", title, note, Table([_("Month"), _("Registrations")], rows), chart)


def trend(totals: list[tuple[date, int]], direction: Direction) -> Section:
    title = _("On the register, day by day")
    note = ngettext("As counted on %(n)s day.", "As counted on each of %(n)s days.", len(totals)) % {
        "n": len(totals)
    }
    labels = [f"{day:%d/%m}" for day, _number in totals]
    series = [Series(_("On the register"), [number for _day, number in totals])]
    chart = lines("trend", title, note, labels, series, direction)
    rows = [[f"{day:%d/%m/%Y}", number] for day, number in reversed(totals)]
    return Section("trend", title, note, Table([_("Day"), _("On the register")], rows), chart)


def _with_share(number: int, total: int) -> str:
    return f"{spaced(number)} · {Percent(round(100 * number / total))}" if total else spaced(number)


def _month(month: date) -> str:
    return f"{month:%m/%y}"


def _month_words(month: date) -> str:
    return f"{month_name(month.month)} {month.year}"


def _without_gaps(months: dict[date, int]):
    """Every month from the first to the last, those without anybody too."""
    if not months:
        return
    month, last = min(months), max(months)
    while month <= last:
        yield month
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
