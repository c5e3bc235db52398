from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core.actions import change_chamber
from core.forms import ChamberForm
from core.media import serve_protected
from core.models import Chamber
from core.permissions import requires
from core.roles import Permission


@requires(Permission.MANAGE_CHAMBER)
def chamber_list(request: HttpRequest) -> HttpResponse:
    chambers = Chamber.objects.visible_to(request.user).select_related("region")
    return render(request, "core/chambers.html", {"chambers": chambers})


@requires(Permission.MANAGE_CHAMBER)
def chamber_settings(request: HttpRequest, region_code: str) -> HttpResponse:
    """What a chamber decides for itself: names, logo, signatory, number format, validity of cards."""
    chamber = get_object_or_404(Chamber.objects.visible_to(request.user), region_id=region_code)
    form = ChamberForm(request.POST or None, request.FILES or None, instance=chamber)
    if request.method == "POST" and form.is_valid():
        change_chamber(chamber=chamber, changes=form.changes(), by=request.user)
        messages.success(request, _("The chamber's settings are saved."))
        return redirect("core:chamber_settings", region_code=region_code)
    return render(request, "core/chamber_settings.html", {"chamber": chamber, "form": form})


@requires(Permission.MANAGE_CHAMBER)
def chamber_picture(request: HttpRequest, region_code: str, field: str) -> HttpResponse:
    chamber = get_object_or_404(Chamber.objects.visible_to(request.user), region_id=region_code)
    if field not in {"logo", "signature"}:
        raise Http404
    return serve_protected(getattr(chamber, field), content_type="image/png")
