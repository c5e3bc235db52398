"""The figures of a caravan: page, workbook, report on paper."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language

from core.media import serve_made
from core.permissions import requires
from core.roles import Permission
from core.spreadsheets import XLSX_TYPE
from events.caravan_figures import figures_of
from events.models import Caravan
from events.papers import caravan_report


@requires(Permission.VIEW_FIGURES)
def caravan_figures(request: HttpRequest, pk: int) -> HttpResponse:
    """Reach, cards, registrations and answers, with charts."""
    caravan = _caravan(request, pk)
    return render(request, "events/caravan_figures.html", {"caravan": caravan, "shown": figures_of(caravan)})


@requires(Permission.VIEW_FIGURES)
def caravan_workbook(request: HttpRequest, pk: int) -> HttpResponseBase:
    return serve_made(
        figures_of(_caravan(request, pk)).workbook(),
        content_type=XLSX_TYPE,
        filename=f"caravan-{pk}.xlsx",
        inline=False,
    )


@requires(Permission.VIEW_FIGURES)
def caravan_pdf(request: HttpRequest, pk: int) -> HttpResponseBase:
    """In the reader's language; whoever reads the portal in English gets it in Arabic."""
    language = "fr" if get_language() == "fr" else "ar"
    return serve_made(
        caravan_report(_caravan(request, pk), language),
        content_type="application/pdf",
        filename=f"caravan-{pk}.pdf",
    )


def _caravan(request: HttpRequest, pk: int) -> Caravan:
    return get_object_or_404(
        Caravan.objects.visible_to(request.user).select_related("programme", "region"), pk=pk
    )
