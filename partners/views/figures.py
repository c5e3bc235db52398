"""Figures of use and refusals, of reach and of partners' activity, and the files made of them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.figures import Section
from core.permissions import requires
from core.roles import Permission
from core.spreadsheets import XLSX_TYPE
from partners.figures import dashboard
from partners.figures.partners import partners_activity
from partners.figures.tally import tally_all
from partners.filters.figures import FiguresForm

_PAGES = ("figures", "figures_reach", "figures_partners")


@requires(Permission.VIEW_PARTNERSHIPS)
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """What was used, asked for and refused."""
    form = FiguresForm(request.GET, user=request.user)
    scope = form.scope()
    together = tally_all(scope)
    return _page(request, "figures", form, dashboard.use_and_refusals(scope), together=together)


@requires(Permission.VIEW_PARTNERSHIPS)
@require_safe
def figures_reach(request: HttpRequest) -> HttpResponse:
    """Which domains reach which region, and who is left out."""
    form = FiguresForm(request.GET, user=request.user)
    return _page(request, "figures_reach", form, dashboard.reach_sections(form.scope()))


@requires(Permission.VIEW_PARTNERSHIPS)
@require_safe
def figures_partners(request: HttpRequest) -> HttpResponse:
    """Which partners are active, and which have gone quiet."""
    form = FiguresForm(request.GET, user=request.user)
    return _page(request, "figures_partners", form, [partners_activity(form.scope())])


@requires(Permission.VIEW_PARTNERSHIPS)
@require_safe
def figures_file(request: HttpRequest, form: str) -> HttpResponse:
    """All tables as a workbook, or the report on paper."""
    scope = FiguresForm(request.GET, user=request.user).scope()
    if form == "xlsx":
        body, kind = dashboard.all_tables(scope), XLSX_TYPE
    else:
        language = "fr" if translation.get_language() == "fr" else "ar"
        body, kind = dashboard.report(scope, language), "application/pdf"
    place = scope.place.pk if scope.place else "MA"
    name = f"partners-figures-{place}-{timezone.localdate():%Y-%m-%d}.{form}"
    return HttpResponse(
        body, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _page(
    request: HttpRequest, page: str, form: FiguresForm, sections: list[Section], **more
) -> HttpResponse:
    scope = form.scope()
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    labels = dict(zip(_PAGES, [_("Use and refusals"), _("Reach"), _("Partners' activity")], strict=True))
    context = {
        "title": dashboard.title_of(scope),
        "notes": dashboard.notes_of(scope),
        "form": form,
        # Neither reach nor activity is of a period.
        "has_period": page == "figures",
        "sections": [dashboard.shortened(section) for section in sections],
        "tabs": [
            {
                "label": label,
                "url": reverse(f"partners:{name}") + query,
                "active": name == page,
                "count": None,
            }
            for name, label in labels.items()
        ],
        "xlsx_url": reverse("partners:figures_file", args=["xlsx"]) + query,
        "pdf_url": reverse("partners:figures_file", args=["pdf"]) + query,
        "together": None,
    } | more
    return render(request, "partners/figures/page.html", context)
