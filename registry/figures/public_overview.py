"""The public page of figures: one place's published numbers in a few tables."""

from collections import defaultdict

from django.core.cache import cache
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.figures import Section, Table
from core.models import Province, Region
from registry.enums import Gender, Kind
from registry.figures.public_rows import ALL, NATION, NO_CRAFT, NONE
from registry.models import CraftBranch, FigureSnapshot
from registry.models.figure import AgeBand

_KEPT_SECONDS = 3600
_TOTAL = (ALL, ALL, ALL, ALL)


def overview(snapshot: FigureSnapshot, region: Region | None) -> dict:
    """The total of the place (None: withheld) and its tables."""
    place = region.pk if region else NATION
    key = f"public-figures-{snapshot.pk}-{place}-{get_language()}"
    found = cache.get(key)
    if found is None:
        found = _overview(snapshot, place)
        cache.set(key, found, _KEPT_SECONDS)
    return found


def _overview(snapshot: FigureSnapshot, place: str) -> dict:
    numbers: dict[str, dict[tuple, int | None]] = defaultdict(dict)
    for row_place, *keys, number in snapshot.public.rows:
        numbers[row_place][tuple(keys)] = number
    here = numbers[place]
    if place == NATION:
        parts = [(one.name, numbers[one.pk].get(_TOTAL)) for one in Region.objects.all()]
        heading = _("Region")
    else:
        within = Province.objects.with_communes().filter(region_id=place)
        parts = [(one.name, numbers[one.pk].get(_TOTAL)) for one in within]
        heading = _("Province")
    branches = [
        (str(one.pk), one.name) for one in CraftBranch.objects.all() if (str(one.pk), *_TOTAL[1:]) in here
    ]
    if (NO_CRAFT, *_TOTAL[1:]) in here:
        branches.append((NO_CRAFT, _("No craft given")))
    return {
        "total": here.get(_TOTAL),
        "sections": [
            _section("places", _("By place"), heading, parts),
            _section(
                "branches",
                _("By branch"),
                _("Branch"),
                [(name, here.get((key, ALL, ALL, ALL))) for key, name in branches],
            ),
            _section(
                "kinds",
                _("By kind"),
                _("Kind"),
                [(str(kind.label), here.get((ALL, kind, ALL, ALL))) for kind in Kind],
            ),
            _section(
                "genders",
                _("Women and men"),
                _("Gender"),
                [
                    *((str(one.label), here.get((ALL, ALL, one, ALL))) for one in Gender),
                    (_("Cooperatives and enterprises"), here.get((ALL, ALL, NONE, ALL))),
                ],
            ),
            Section(
                "ages",
                _("By age"),
                "",
                Table(
                    [_("Age"), _("Women"), _("Men")],
                    [
                        [str(band.label), *(here.get((ALL, ALL, gender, band)) for gender in Gender)]
                        for band in AgeBand
                    ],
                ),
            ),
        ],
    }


def _section(slug: str, title: str, heading: str, rows: list[tuple[str, int | None]]) -> Section:
    return Section(slug, title, "", Table([heading, _("Count")], [list(row) for row in rows]))
