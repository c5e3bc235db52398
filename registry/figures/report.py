"""A dashboard on the chamber's paper: date, what each figure means, charts and tables."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.models import Region, User
from core.papers import FIGURES_STYLE, issuer, render_paper
from registry.figures.dashboard import dashboard, title_of
from registry.figures.period import period_of
from registry.models import FigureSnapshot


def report(
    snapshot: FigureSnapshot, region: Region | None, period_value: str, reader: User, language: str
) -> bytes:
    """The PDF, in Arabic or French whatever the language of the page that asked for it."""
    with override(language):
        shown = dashboard(snapshot, region, period_of(period_value), reader, linked=False)
        return render_paper(
            "registry/pdf/figures.html",
            chamber=issuer(region),
            dated=timezone.localdate(snapshot.taken_at),
            language=language,
            signed=False,
            context={"shown": shown, "title": title_of(region), "sources": _sources()},
            files={"figures.css": FIGURES_STYLE},
        )


def _sources() -> list[str]:
    return [
        _("The national register of handicrafts as the portal holds it, counted at the moment given above."),
        _("Targets: entered by the directorates in the portal."),
        _("Territory: Haut-Commissariat au Plan, RGPH 2024, CC BY 4.0."),
        _("Crafts and branches: a working list of ours, not official."),
    ]
