"""Registration targets, entered by the directorate on one grid a region."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from core.exceptions import ActionRefused
from core.models import AuditEvent, Province, Region, User
from core.permissions import requires
from core.roles import Permission
from registry.actions.targets import set_targets
from registry.figures.counts import registered_by_province
from registry.forms.targets import TargetChoiceForm, TargetGridForm
from registry.models import FigureSnapshot, RegistrationTarget
from registry.models.target import FIRST_YEAR, LAST_YEAR

HISTORY_SIZE = 20


@requires(Permission.SET_TARGETS)
@require_safe
def targets(request: HttpRequest) -> HttpResponse:
    """Choose the region, where there is a choice, and the year."""
    asked = request.GET if "year" in request.GET else None
    form = TargetChoiceForm(asked, regions=_regions(request.user))
    if form.is_valid():
        chosen = form.cleaned_data
        return redirect("registry:region_targets", region_code=chosen["region"].pk, year=chosen["year"])
    return render(request, "registry/figures/targets.html", {"form": form})


@requires(Permission.SET_TARGETS)
def region_targets(request: HttpRequest, region_code: str, year: int) -> HttpResponse:
    """The provinces of a region with their numbers; saved all at once."""
    region = get_object_or_404(_regions(request.user), pk=region_code)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    provinces = list(Province.objects.with_communes().filter(region=region))
    known = RegistrationTarget.objects.filter(province__region=region).of_year(year)
    form = TargetGridForm(request.POST or None, provinces=provinces, targets=known)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            changed = set_targets(region=region, year=year, entered=form.entered(), by=request.user)
        except ActionRefused as refused:
            refusal = str(refused)
        else:
            messages.success(request, _saved(changed))
            return redirect("registry:region_targets", region_code=region_code, year=year)
    snapshot = FigureSnapshot.objects.newest()
    registered = registered_by_province(snapshot, region.pk) if snapshot else {}
    context = {
        "region": region,
        "year": year,
        "form": form,
        "refusal": refusal,
        "snapshot": snapshot,
        "lines": [
            {
                "province": province,
                "registered": registered.get(province.pk, 0),
                "field": form.number_field(province.pk),
                "mark": _mark(form, province, known.get(province.pk), refusal),
                "target": known.get(province.pk),
            }
            for province in provinces
        ],
        "history": AuditEvent.objects.filter(action="registry.target.set", region_code=region.pk).order_by(
            "-id"
        )[:HISTORY_SIZE],
    }
    return render(request, "registry/figures/region_targets.html", context, status=409 if refusal else 200)


def _mark(form: TargetGridForm, province: Province, target: RegistrationTarget | None, refusal: str) -> str:
    """Of what was shown when the typing began; of what is there now once the reader has been told of it."""
    if refusal:
        return target.mark if target else ""
    return form.mark_field(province.pk).value() or ""


def _regions(user: User):
    regions = Region.objects.all()
    return regions if user.sees_all_regions else regions.filter(pk=user.region_id)


def _saved(changed: int) -> str:
    if not changed:
        return _("Nothing changed.")
    return ngettext("%(n)s target is saved.", "%(n)s targets are saved.", changed) % {"n": changed}
