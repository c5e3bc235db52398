"""Refusals, told by holders or written by partners, by partner and by region: a chart and a table each."""

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from core.charts import Bar, Direction, bars
from core.figures import Section, Table
from core.models import Region
from partners.enums import FollowUpState
from partners.filters.refusals import EVERY
from partners.models import Partner
from partners.querysets.feedback import FeedbackQuerySet


def refusals_by_partner(refusals: FeedbackQuerySet) -> Section:
    title = _("Refusals by partner")
    counted = _counted(refusals, "offer__partner")
    names = {one.pk: (one.name, one.code) for one in Partner.objects.filter(pk__in=counted)}
    return _section("refusals-partners", title, _("Partner"), "partner", counted, names)


def refusals_by_region(refusals: FeedbackQuerySet) -> Section:
    title = _("Refusals by region")
    names = {one.pk: (one.name, one.pk) for one in Region.objects.all()}
    counted = dict.fromkeys(names, (0, 0, 0, 0)) | _counted(refusals, "region")
    return _section("refusals-regions", title, _("Region"), "region", counted, names)


def _counted(refusals: FeedbackQuerySet, by: str) -> dict:
    """To follow up, in hand, settled and together, by the key of what it is counted by; most first."""
    states = {state.value: Count("pk", filter=Q(follow_up=state)) for state in FollowUpState}
    rows = refusals.order_by().values_list(by).annotate(**states, together=Count("pk"))
    return {key: tuple(numbers) for key, *numbers in rows.order_by("-together", by)}


def _section(
    slug: str, title: str, heading: str, filtered_by: str, counted: dict, names: dict[object, tuple[str, str]]
) -> Section:
    note = _(
        "Told by holders, or written by the partner in answer to a request; by what was done about it."
        " Whoever was refused at a counter and says nothing is not counted."
    )
    listed = reverse("partners:refusals")
    rows, links, drawn = [], [], []
    for key, numbers in counted.items():
        name, code = names[key]
        rows.append([name, *numbers])
        links.append(f"{listed}?{urlencode({filtered_by: code, 'state': EVERY})}")
        drawn.append(Bar(name, numbers[-1]))
    direction = Direction.RTL if get_language_bidi() else Direction.LTR
    chart = bars(slug, title, note, drawn, direction) if drawn else None
    headers = [heading, *(str(state.label) for state in FollowUpState), _("Together")]
    return Section(slug, title, note, Table(headers, rows), chart, wide=True, links=links)
