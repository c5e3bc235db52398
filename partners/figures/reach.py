"""Sections on where offers reach: domains by region, crafts and communes that none reaches."""

from collections.abc import Sequence

from django.db.models import Max
from django.utils.translation import gettext as _

from core.charts import Tile, tiles
from core.charts.drawing import spaced
from core.figures import Section, Table
from core.models import Commune, Region, ServiceDomain
from partners.reach import Reach
from registry.models import DailyTotal


def domains_by_region(reach: Reach, regions: Sequence[Region], slug: str = "domains-regions") -> Section:
    """The matrix, for these regions as its columns."""
    title = _("Offers by domain and region")
    note = _(
        "Running offers that a holder of the region's chamber may use: the region lies in the offer's area,"
        " and its chamber takes part in the agreement where that is needed. An offer of several domains"
        " counts in each."
    )
    counted = reach.by_domain()
    names = {domain.pk: domain.name for domain in ServiceDomain.objects.all()} | {None: _("General")}
    rows = [
        [name, *(counted.get(code, {}).get(region.pk, 0) for region in regions)]
        for code, name in names.items()
    ]
    rows.append([_("Offers in all"), *(len(reach.by_region[region.pk]) for region in regions)])
    drawn = {
        region.pk: Tile(region.name, spaced(len(reach.by_region[region.pk])), _("offers"))
        for region in regions
    }
    chart = tiles(slug, title, note, drawn) if len(regions) == len(reach.regions) else None
    headers = [_("Domain"), *(region.name for region in regions)]
    return Section(slug, title, note, Table(headers, rows), chart, wide=True)


def crafts_left_out(reach: Reach, regions: Sequence[Region]) -> Section:
    names = {region.pk: region.name for region in regions}
    rows = []
    for craft, codes in reach.crafts_left_out(list(names)):
        everywhere = len(codes) == len(reach.regions)
        where = _("Every region") if everywhere else _(", ").join(names[code] for code in codes)
        rows.append([craft.name, craft.branch.name, where])
    note = _("Crafts of the list in use, with the regions where no running offer is for them.")
    headers = [_("Craft"), _("Branch of crafts"), _("Where no offer reaches it")]
    return Section(
        "crafts-left-out", _("Crafts that no offer reaches"), note, Table(headers, rows), wide=True
    )


def communes_left_out(reach: Reach, regions: Sequence[Region]) -> tuple[Section, Section]:
    """By province, and commune by commune: served is whoever finds an open branch in the province."""
    provinces = reach.provinces_left_out([region.pk for region in regions])
    communes = list(Commune.objects.filter(province__in=provinces).order_by("code"))
    people = _on_the_register()
    names = {province.pk: province for province in provinces}
    numbers: dict[str, int] = {}
    for commune in communes:
        numbers[commune.province_id] = numbers.get(commune.province_id, 0) + 1
    note = _(
        "No partner with an offer for the region has an open branch in the province, as far as the portal"
        " knows of branches. Offers used from afar are left out of account."
    )
    by_province = [
        [province.name, province.region.name, numbers.get(province.pk, 0), people.get(province.pk)]
        for province in provinces
    ]
    by_commune = [
        [commune.name, names[commune.province_id].name, names[commune.province_id].region.name]
        for commune in communes
    ]
    return (
        Section(
            "provinces-left-out",
            _("Provinces without a branch"),
            note,
            Table([_("Province"), _("Region"), _("Communes"), _("On the register")], by_province),
            wide=True,
        ),
        Section(
            "communes-left-out",
            _("Communes without a branch"),
            note,
            Table([_("Commune"), _("Province"), _("Region")], by_commune),
            wide=True,
        ),
    )


def _on_the_register() -> dict[str, int]:
    """How many the last counting found in each province; empty before the first one."""
    last = DailyTotal.objects.aggregate(day=Max("day"))["day"]
    return dict(DailyTotal.objects.filter(day=last).values_list("province_id", "number"))
