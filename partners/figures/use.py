"""Sections on what was used, asked for and refused: by partner, offer, region and month."""

from collections.abc import Callable, Iterable
from datetime import date

from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from core.charts import Bar, Direction, Series, Tile, bars, lines, tiles
from core.charts.drawing import Drawing, spaced
from core.dates import month_name
from core.figures import Section, Table
from core.models import Region
from partners.figures.scope import Scope
from partners.figures.tally import MONTH, OFFER, PARTNER, REGION, Tally, tally_by
from partners.models import Offer, Partner

# What a chart has room for; its table has them all.
_BARS, _MONTHS = 12, 24


def use_sections(scope: Scope) -> list[Section]:
    sections = [_by_month(scope), _by_partner(scope), _by_offer(scope)]
    return sections if scope.place else [*sections, _by_region(scope)]


def direction() -> Direction:
    return Direction.RTL if get_language_bidi() else Direction.LTR


def _by_partner(scope: Scope) -> Section:
    counted = tally_by(scope, PARTNER)
    names = {partner.pk: partner.name for partner in Partner.objects.filter(pk__in=counted)}
    return _ranked("use-partners", _("Uses and requests by partner"), _("Partner"), counted, names)


def _by_offer(scope: Scope) -> Section:
    counted = tally_by(scope, OFFER)
    offers = Offer.objects.filter(pk__in=counted).select_related("partner")
    names = {offer.pk: f"{offer.name} – {offer.partner.name}" for offer in offers}
    return _ranked("use-offers", _("Uses and requests by offer"), _("Offer"), counted, names)


def _by_region(scope: Scope) -> Section:
    title = _("Uses and requests by region")
    counted = tally_by(scope, REGION)
    regions = list(Region.objects.all())
    drawn = {}
    for region in regions:
        tally = counted.setdefault(region.pk, Tally())
        below = _("%(n)s requests") % {"n": spaced(tally.sent)}
        drawn[region.pk] = Tile(region.name, spaced(tally.uses), below)
    rows = [[region.name, *counted[region.pk].values] for region in regions]
    return _section(
        "use-regions", title, _("Region"), rows, lambda slug, note: tiles(slug, title, note, drawn)
    )


def _by_month(scope: Scope) -> Section:
    title = _("Uses and requests by month")
    counted = tally_by(scope, MONTH)
    months = list(_without_gaps(counted))
    drawn = [(month, counted.get(month, Tally())) for month in months[-_MONTHS:]]
    series = [
        Series(_("Uses"), [tally.uses for _month, tally in drawn]),
        Series(_("Requests sent"), [tally.sent for _month, tally in drawn]),
    ]
    labels = [f"{month:%m/%y}" for month, _tally in drawn]
    rows = [
        [f"{month_name(month.month)} {month.year}", *counted.get(month, Tally()).values]
        for month in reversed(months)
    ]
    return _section(
        "use-months",
        title,
        _("Month"),
        rows,
        lambda slug, note: lines(slug, title, note, labels, series, direction()),
    )


def _ranked(slug: str, title: str, heading: str, counted: dict, names: dict) -> Section:
    """Most used first."""
    order = sorted(counted, key=lambda key: (-counted[key].uses, -counted[key].sent, names[key]))
    drawn = [Bar(names[key], counted[key].uses) for key in order[:_BARS]]
    rows = [[names[key], *counted[key].values] for key in order]
    return _section(
        slug, title, heading, rows, lambda slug, note: bars(slug, title, note, drawn, direction())
    )


def _section(slug: str, title: str, heading: str, rows: list, draw: Callable[[str, str], Drawing]) -> Section:
    note = _(
        "Uses as recorded at counters and tills, those taken back left out. Requests are those sent in the"
        " period, by where they stand now. Refusals are those that holders told the chamber of."
    )
    headers = [
        heading,
        _("Uses"),
        _("Requests sent"),
        _("Accepted"),
        _("Refused"),
        _("Overdue"),
        _("Median days to answer"),
        _("Refusals told by holders"),
    ]
    chart = draw(slug, note) if rows else None
    return Section(slug, title, note, Table(headers, rows), chart, wide=True)


def _without_gaps(months: Iterable[date]) -> Iterable[date]:
    """Every month from the first to the last, those without anything too."""
    known = sorted(months)
    month = known[0] if known else date.max
    while known and month <= known[-1]:
        yield month
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
