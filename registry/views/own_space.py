from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from core.panels import OWN_SPACE, panels_for
from core.permissions import requires
from core.roles import Permission
from registry.models import Registrant


@requires(Permission.VIEW_OWN_FILE)
def own_space(request: HttpRequest) -> HttpResponse:
    """The artisan's own page: my card, what needs me, my meetings, my benefits, and my file as it is held."""
    people = Registrant.objects.with_list_columns()
    registrant = get_object_or_404(people, user=request.user)
    return render(
        request,
        "registry/own_space.html",
        {"registrant": registrant, "panels": panels_for(OWN_SPACE, request, registrant)},
    )
