"""For search engines: what there is to find, and what is nobody's to search."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps.views import sitemap as django_sitemap
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from partners.sitemaps import SITEMAPS


@login_not_required
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every page that is open to all and worth finding."""
    return django_sitemap(request, SITEMAPS)


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Checks of cards, invitations and the tracking of applications are for whoever holds their address."""
    lines = [
        "User-agent: *",
        *(f"Disallow: /{name}/" for name in ("V", "v", "T", "t", "i", "I", "calendar", "accounts")),
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
