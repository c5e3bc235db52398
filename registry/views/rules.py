"""What a chamber sets for its register, and its list of grounds."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.exceptions import ActionRefused
from core.models import Chamber
from core.permissions import requires
from core.roles import Permission
from registry.actions.rules import add_ground, change_rules, use_ground
from registry.enums import GroundProcedure
from registry.forms.rules import GroundForm, RulesForm
from registry.models import Ground, RegisterRules


@requires(Permission.MANAGE_CHAMBER)
def chamber_rules(request: HttpRequest, region_code: str) -> HttpResponse:
    """Time limits, documents and lengths that no published text fixes."""
    chamber = _chamber(request, region_code)
    form = RulesForm(request.POST or None, instance=RegisterRules.objects.of(region_code))
    if request.method == "POST" and form.is_valid():
        try:
            change_rules(
                region=chamber.region,
                changes=form.changes(),
                version=form.cleaned_data["version"],
                by=request.user,
            )
        except ActionRefused as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The rules are saved. Times already running do not change."))
            return redirect("registry:rules", region_code=region_code)
    return render(request, "registry/rules.html", {"chamber": chamber, "form": form})


@requires(Permission.MANAGE_CHAMBER)
def grounds(request: HttpRequest, region_code: str) -> HttpResponse:
    """The list that decisions choose from: everybody's working grounds and the chamber's own."""
    chamber = _chamber(request, region_code)
    form = GroundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            add_ground(region=chamber.region, by=request.user, **form.cleaned_data)
        except ActionRefused as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The ground is on the list."))
            return redirect("registry:grounds", region_code=region_code)
    listed: dict[str, list[Ground]] = {name: [] for name in GroundProcedure.values}
    for ground in Ground.objects.of_region(region_code):
        listed[ground.procedure].append(ground)
    context = {
        "chamber": chamber,
        "form": form,
        "lists": [(GroundProcedure(name).label, rows) for name, rows in listed.items()],
        "manages_all": request.user.sees_all_regions,
    }
    return render(request, "registry/grounds.html", context)


@requires(Permission.MANAGE_CHAMBER)
@require_POST
def ground_use(request: HttpRequest, region_code: str, pk: int) -> HttpResponse:
    """Put a ground in or out of use; everybody's are the national administration's."""
    chamber = _chamber(request, region_code)
    ground = get_object_or_404(Ground.objects.of_region(region_code), pk=pk)
    if ground.region_id is None and not request.user.sees_all_regions:
        raise PermissionDenied
    in_use = request.POST.get("in_use") == "yes"
    use_ground(ground=ground, region=chamber.region, in_use=in_use, by=request.user)
    done = _("The ground is offered again.") if in_use else _("The ground is no longer offered.")
    messages.success(request, done)
    return redirect("registry:grounds", region_code=region_code)


def _chamber(request: HttpRequest, region_code: str) -> Chamber:
    chambers = Chamber.objects.visible_to(request.user).select_related("region")
    return get_object_or_404(chambers, region_id=region_code)
