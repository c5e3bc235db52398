"""A partner's own figures: how often its offers were used, by month, offer, region and branch.

Counted over uses that stand, by the region that the holder belonged to when it was used.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.translation import get_language_bidi, pgettext
from django.utils.translation import gettext as _

from core.charts import Bar, Direction, Series, bars, columns
from core.dates import month_name, months_before, months_later
from core.figures import Section, Table
from core.models import Region
from partners.enums import ReferralState
from partners.models import Branch, Offer, OfferUse, Partner, Referral

# Of an offer or a branch beyond these only the table speaks.
_MOST_BARS = 12


def own_figures(partner: Partner, months: int) -> list[Section]:
    """The sections of the last `months` months, the current one included; as many queries for any number."""
    today = timezone.localdate()
    first = months_before(today.replace(day=1), months - 1)
    uses = OfferUse.objects.of_partner(partner).standing().since(first)
    counted = list(
        uses.order_by()
        .annotate(month=TruncMonth("used_at"))
        .values_list("month", "offer", "region", "branch")
        .annotate(Count("pk"))
    )
    by_month, by_offer, by_region, by_branch = (Counter() for _kind in range(4))
    for moment, offer, region, branch, times in counted:
        by_month[timezone.localtime(moment).date()] += times
        by_offer[offer] += times
        by_region[region] += times
        by_branch[branch] += times
    offers = {offer.pk: offer.name for offer in Offer.objects.of_partner(partner)}
    regions = {region.pk: region.name for region in Region.objects.all()}
    branches = {branch.pk: branch.name for branch in Branch.objects.filter(pk__in=filter(None, by_branch))}
    return [
        _of_months(by_month, first, months),
        _ranked("offers", _("Uses by offer"), _("Offer"), by_offer, offers),
        _ranked("regions", _("Uses by region of the holder"), _("Region"), by_region, regions),
        _ranked(
            "branches",
            _("Uses by branch"),
            pgettext("partner", "Branch"),
            by_branch,
            branches | {None: _("Not given")},
        ),
        _of_requests(partner, first),
    ]


def _of_months(counts: Mapping[date, int], first: date, months: int) -> Section:
    days = [months_later(first, number) for number in range(months)]
    labels = [f"{month_name(day.month)} {day.year}" for day in days]
    values = [counts.get(day, 0) for day in days]
    title = _("Uses by month")
    chart = columns(
        "months",
        title,
        _("Columns: how many uses were recorded in each month."),
        [f"{day:%m/%y}" for day in days],
        Series(_("Uses"), values),
        _direction(),
    )
    table = Table([_("Month"), _("Uses")], list(zip(labels, values, strict=True)))
    return Section("months", title, _("Recorded and not taken back."), table, chart)


def _ranked(slug: str, title: str, header: str, counts: Mapping, names: Mapping) -> Section:
    ranked = sorted(
        ((names.get(key, ""), times) for key, times in counts.items()), key=lambda row: (-row[1], row[0])
    )
    chart = bars(
        slug,
        title,
        _("Bars: how many uses, the most used first."),
        [Bar(name, times) for name, times in ranked[:_MOST_BARS]],
        _direction(),
    )
    return Section(slug, title, _("Recorded and not taken back."), Table([header, _("Uses")], ranked), chart)


def _of_requests(partner: Partner, first: date) -> Section:
    counts = Referral.objects.of_partner(partner).filter(sent_at__date__gte=first).count_by_state()
    rows = [(str(state.label), counts.get(state.value, 0)) for state in ReferralState]
    title = _("Requests by state")
    chart = bars(
        "requests",
        title,
        _("Bars: how many requests that were sent in this time stand in each state."),
        [Bar(label, number) for label, number in rows],
        _direction(),
    )
    table = Table([_("State"), _("Requests")], rows if counts else [])
    return Section("requests", title, _("Sent in this time."), table, chart)


def _direction() -> Direction:
    return Direction.RTL if get_language_bidi() else Direction.LTR
