"""Dashboards of the nation and of a region, and the files made from them."""

from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.models import Region
from core.permissions import requires
from core.roles import Permission
from core.spreadsheets import XLSX_TYPE
from registry.figures.dashboard import dashboard, title_of
from registry.figures.freshness import ask_to_count, is_stale
from registry.figures.period import WHOLE, period_of
from registry.figures.report import report
from registry.forms.figures import PeriodForm
from registry.models import FigureSnapshot

_REPORT_SECONDS = 3600


@requires(Permission.VIEW_FIGURES)
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """The nation: totals that are public too, whoever reads them."""
    return _page(request, None)


@requires(Permission.VIEW_FIGURES)
@require_safe
def region_figures(request: HttpRequest, region_code: str) -> HttpResponse:
    return _page(request, _region(request, region_code))


@requires(Permission.VIEW_FIGURES)
@require_POST
def count_now(request: HttpRequest) -> HttpResponse:
    """Have the register counted anew; the page goes on with the figures it has."""
    ask_to_count()
    messages.success(request, _("The register is being counted. Open the page again in a moment."))
    region_code = request.POST.get("region", "")
    if region_code and Region.objects.filter(pk=region_code).exists():
        return redirect("registry:region_figures", region_code=region_code)
    return redirect("registry:figures")


@requires(Permission.VIEW_FIGURES)
@require_safe
def figures_file(request: HttpRequest, form: str, region_code: str = "") -> HttpResponse:
    """All tables as a workbook, or the report on paper."""
    region = _region(request, region_code) if region_code else None
    snapshot = FigureSnapshot.objects.newest()
    if snapshot is None:
        raise Http404
    period = period_of(request.GET.get("period", ""))
    name = f"figures-{region_code or 'MA'}-{timezone.localdate(snapshot.taken_at):%Y-%m-%d}.{form}"
    if form == "xlsx":
        body, kind = dashboard(snapshot, region, period, request.user).workbook(), XLSX_TYPE
    else:
        language = "fr" if translation.get_language() == "fr" else "ar"
        key = f"figures-report-{snapshot.pk}-{region_code}-{period.value}-{timezone.localdate()}-{language}"
        body = cache.get(key)
        if body is None:
            body = report(snapshot, region, period.value, request.user, language)
            cache.set(key, body, _REPORT_SECONDS)
        kind = "application/pdf"
    return HttpResponse(
        body, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _region(request: HttpRequest, region_code: str) -> Region:
    """Another region's details do not exist for a regional account."""
    regions = Region.objects.all()
    if not request.user.sees_all_regions:
        regions = regions.filter(pk=request.user.region_id)
    return get_object_or_404(regions, pk=region_code)


def _page(request: HttpRequest, region: Region | None) -> HttpResponse:
    snapshot = FigureSnapshot.objects.newest()
    stale = is_stale(snapshot)
    if stale:
        ask_to_count()
    period = period_of(request.GET.get("period", ""))
    context = {
        "region": region,
        "title": title_of(region),
        "snapshot": snapshot,
        "is_stale": stale,
        "period": period,
        "is_whole": period.value == WHOLE,
        "form": PeriodForm({"period": period.value}),
        "shown": dashboard(snapshot, region, period, request.user) if snapshot else None,
        "can_set_targets": request.user.can(Permission.SET_TARGETS),
        "targets_url": _targets_url(region),
        "tabs": _tabs(request, region),
    }
    return render(request, "registry/figures/dashboard.html", context)


def _targets_url(region: Region | None) -> str:
    if region is None:
        return reverse("registry:targets")
    return reverse("registry:region_targets", args=[region.pk, timezone.localdate().year])


def _tabs(request: HttpRequest, region: Region | None) -> list[dict]:
    """The nation, and the region that is the reader's own or open."""
    own = region or request.user.region
    tabs = [
        {"label": _("Morocco"), "url": reverse("registry:figures"), "active": region is None, "count": None}
    ]
    if own:
        url = reverse("registry:region_figures", args=[own.pk])
        tabs.append({"label": own.name, "url": url, "active": region is not None, "count": None})
    return tabs
