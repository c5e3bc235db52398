"""Open to all: the register's figures, and how to register. No name, nothing that tells of a person."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import condition, require_safe

from core.models import Chamber, Region
from registry.enums import DocumentKind, Kind
from registry.figures.open_data import as_csv, as_json
from registry.figures.public_overview import overview
from registry.models import FigureSnapshot, RegisterRules
from registry.validators import ARTISAN_YEARS, MASTER_ARTISAN_YEARS

_FRESH_SECONDS = 3600
_FILES: dict[str, tuple[Callable[[FigureSnapshot], bytes], str]] = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "json": (as_json, "application/json"),
}


@login_not_required
@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    """The published numbers of the nation or of one region, and where programs find them all."""
    snapshot = FigureSnapshot.objects.newest()
    regions = Region.objects.all()
    region = _asked(request, regions)
    context = {
        "snapshot": snapshot,
        "regions": regions,
        "region": region,
        "figures": overview(snapshot, region) if snapshot else None,
        "threshold": settings.OPEN_DATA_THRESHOLD,
        "licence": settings.OPEN_DATA_LICENCE,
    }
    return render(request, "registry/figures/open_data.html", context)


def _mark(request: HttpRequest, form: str) -> str | None:
    snapshot = FigureSnapshot.objects.newest()
    return f'"{snapshot.pk}-{form}"' if snapshot else None


@login_not_required
@require_safe
@condition(etag_func=_mark)
def open_data_file(request: HttpRequest, form: str) -> HttpResponse:
    """All published rows; whoever has them already is told so and gets nothing again."""
    snapshot = FigureSnapshot.objects.newest()
    if snapshot is None:
        raise Http404
    make, kind = _FILES[form]
    headers = {
        "Cache-Control": f"public, max-age={_FRESH_SECONDS}",
        "Access-Control-Allow-Origin": "*",
        "Content-Disposition": f'inline; filename="register.{form}"',
    }
    return HttpResponse(make(snapshot), content_type=kind, headers=headers)


@login_not_required
@require_safe
def how_to_register(request: HttpRequest) -> HttpResponse:
    """Conditions, documents of the chosen region's chamber, what follows from it, and whom to ask."""
    chambers = list(Chamber.objects.select_related("region"))
    region = _asked(request, Region.objects.all())
    rules = RegisterRules.objects.of(region.pk) if region else None
    words = dict(DocumentKind.choices)
    context = {
        "regions": [chamber.region for chamber in chambers],
        "region": region,
        "chambers": [
            {"chamber": chamber, "address": _address(chamber)}
            for chamber in chambers
            if region is None or chamber.region_id == region.pk
        ],
        "kinds": [
            {
                "kind": kind,
                "label": kind.label,
                "documents": [words[one] for one in rules.required_documents(kind)] if rules else [],
            }
            for kind in Kind
        ],
        "rules": rules,
        "years": {"artisan": ARTISAN_YEARS, "master": MASTER_ARTISAN_YEARS},
    }
    return render(request, "registry/figures/how_to_register.html", context)


def _asked(request: HttpRequest, regions) -> Region | None:
    """The region that the address names; none where it names none of ours."""
    code = request.GET.get("region", "")
    return next((region for region in regions if region.pk == code), None)


def _address(chamber: Chamber) -> str:
    """In the reader's language where the chamber gave it, else in the other."""
    own, other = chamber.address_ar, chamber.address_fr
    return (other or own) if get_language() == "fr" else (own or other)
