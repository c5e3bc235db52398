from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from core.models import Commune
from core.panels import HOME, panels_for
from core.roles import Permission


def home(request: HttpRequest) -> HttpResponse:
    """What waits for this person: a panel from each app that has something for them."""
    if request.user.can(Permission.VIEW_OWN_FILE):
        return redirect("registry:own_space")
    return render(request, "core/home.html", {"panels": panels_for(HOME, request)})


def commune_options(request: HttpRequest) -> HttpResponse:
    """The communes of one province as `<option>`s, for the form's second list."""
    communes = Commune.objects.filter(province_id=request.GET.get("province", ""))
    return render(request, "core/_commune_options.html", {"communes": communes})
