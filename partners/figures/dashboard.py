"""The pages of partners' figures, the workbook of all their tables and the report on paper."""

from dataclasses import replace

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.figures import Section, Table
from core.papers import FIGURES_STYLE, issuer, render_paper
from core.workbooks import workbook
from partners.figures.partners import partners_activity
from partners.figures.reach import communes_left_out, crafts_left_out, domains_by_region
from partners.figures.refusals import refusals_by_partner, refusals_by_region
from partners.figures.scope import Scope
from partners.figures.tally import tally_all
from partners.figures.use import use_sections
from partners.reach import Reach

# Lines of a table on a page and on paper; the workbook has them all.
MOST_LINES = 40
# Regions beside each other that a sheet of paper has room for.
_ON_PAPER = 4


def use_and_refusals(scope: Scope) -> list[Section]:
    refusals = scope.refusals()
    sections = [*use_sections(scope), refusals_by_partner(refusals)]
    return sections if scope.place else [*sections, refusals_by_region(refusals)]


def reach_sections(scope: Scope) -> list[Section]:
    return _reach_sections(scope, Reach.now(), each_commune=True)


def all_tables(scope: Scope) -> bytes:
    """The XLSX, every commune on its own line."""
    sections = [
        *use_and_refusals(scope),
        partners_activity(scope),
        *_reach_sections(scope, Reach.now(), each_commune=True),
    ]
    return workbook(sections, title=title_of(scope), notes=notes_of(scope))


def report(scope: Scope, language: str) -> bytes:
    """The PDF, in Arabic or French whatever the language of the page that asked for it."""
    with override(language):
        reach = Reach.now()
        regions = reach.regions
        matrices = [
            domains_by_region(reach, regions[start : start + _ON_PAPER], f"domains-{start}")
            for start in range(0, len(regions), _ON_PAPER)
        ]
        left_out = _reach_sections(scope, reach, each_commune=False)[1:]
        sections = [*use_and_refusals(scope), partners_activity(scope), *matrices, *left_out]
        return render_paper(
            "partners/pdf/figures.html",
            chamber=issuer(scope.place),
            dated=timezone.localdate(),
            language=language,
            signed=False,
            context={
                "title": title_of(scope),
                "notes": notes_of(scope),
                "together": tally_all(scope),
                "sections": [shortened(section) for section in sections],
            },
            files={"figures.css": FIGURES_STYLE},
        )


def shortened(section: Section) -> Section:
    """For a page or paper: what is left out is said, and is found in the workbook."""
    rows = section.table.rows
    if len(rows) <= MOST_LINES:
        return section
    note = _("The first %(shown)s of %(all)s lines; the workbook has them all.")
    note %= {"shown": MOST_LINES, "all": len(rows)}
    table = Table(section.table.headers, rows[:MOST_LINES])
    return replace(section, note=f"{section.note} {note}", table=table, links=section.links[:MOST_LINES])


def title_of(scope: Scope) -> str:
    if scope.place:
        return _("Partners' figures of %(region)s") % {"region": scope.place.name}
    return _("Partners' figures")


def notes_of(scope: Scope) -> list[str]:
    """The days that they speak of."""
    since = f"{scope.since:%d/%m/%Y}" if scope.since else ""
    until = f"{scope.until:%d/%m/%Y}" if scope.until else ""
    if since and until:
        return [_("From %(since)s to %(until)s") % {"since": since, "until": until}]
    if since:
        return [_("From %(since)s") % {"since": since}]
    return [_("Until %(until)s") % {"until": until}] if until else [_("All the time")]


def _reach_sections(scope: Scope, reach: Reach, *, each_commune: bool) -> list[Section]:
    regions = [region for region in reach.regions if scope.place in (None, region)]
    by_province, by_commune = communes_left_out(reach, regions)
    sections = [domains_by_region(reach, reach.regions), crafts_left_out(reach, regions), by_province]
    return [*sections, by_commune] if each_commune else sections
