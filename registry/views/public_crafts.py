"""For everybody, without signing in: the crafts of the list in use, and the bodies that are founded."""

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.arabic import fold
from core.models import Region
from registry.models import Craft, CraftBody, CraftList

# The same for every visitor: the database is asked once in ten minutes.
KEPT_SECONDS = 600


@login_not_required
@require_safe
def public_crafts(request: HttpRequest) -> HttpResponse:
    """The list in use by class and branch, searched in either script, and what it is worth."""
    version, crafts = cache.get_or_set("public-crafts", _crafts, KEPT_SECONDS)
    text = request.GET.get("q", "")[:100]
    words = fold(text).split()
    context = {
        "version": version,
        "crafts": [craft for craft in crafts if craft.answers(words)],
        "text": text,
    }
    return render(request, "registry/public/crafts.html", context)


@login_not_required
@require_safe
def public_bodies(request: HttpRequest) -> HttpResponse:
    """Founded bodies by region. Nobody is named but presidents who agreed to be."""
    bodies = cache.get_or_set("public-bodies", _bodies, KEPT_SECONDS)
    regions = [
        {"name": region.name, "code": region.pk, "bodies": here}
        for region in Region.objects.all()
        if (here := [body for body in bodies if body.region_id == region.pk])
    ]
    national = [body for body in bodies if body.region_id is None]
    context = {"regions": regions, "national": national, "count": len(bodies)}
    return render(request, "registry/public/bodies.html", context)


def _crafts() -> tuple[CraftList | None, list[Craft]]:
    version = CraftList.objects.filter(is_current=True).first()
    return version, list(Craft.objects.of(version)) if version else []


def _bodies() -> list[CraftBody]:
    return list(CraftBody.objects.public())
