"""What leaves the portal of an offer, open to all: the leaflet, and the picture of a sent link."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from core.media import serve_made
from core.models import Region
from core.papers import LANGUAGES
from core.rate_limits import Limit, count
from partners.leaflet import leaflet_pdf, picture_png
from partners.models import Offer

# Making one takes a second of a processor: what was made is kept, and nobody may have all of them made anew.
KEPT_SECONDS = 24 * 3600
MADE = Limit("offers-printed", 60)


@login_not_required
@require_safe
def leaflet(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """The A5 leaflet in Arabic or French; `?region=` puts that chamber's name and places on it."""
    if language not in LANGUAGES:
        raise Http404
    offer = _offer(request, pk)
    region = Region.objects.filter(pk=request.GET.get("region", "")[:2]).first()
    today = timezone.localdate()
    key = f"leaflet:{_version(offer)}:{language}:{region.pk if region else ''}:{today}"
    made = _kept(request, key, lambda: leaflet_pdf(offer, language=language, region=region, dated=today))
    if made is None:
        return render(request, "429.html", status=429)
    return serve_made(made, content_type="application/pdf", filename=f"{offer.code}-{language}.pdf")


@login_not_required
@require_safe
def picture(request: HttpRequest, pk: int) -> HttpResponse:
    """What a messenger shows of a sent link, in the language of the page."""
    offer = _offer(request, pk)
    language = "ar" if (get_language() or "ar").startswith("ar") else "fr"
    key = f"offer-picture:{_version(offer)}:{language}"
    made = _kept(request, key, lambda: picture_png(offer, language=language))
    if made is None:
        return render(request, "429.html", status=429)
    return serve_made(made, content_type="image/png", filename=f"{offer.code}.png")


def _offer(request: HttpRequest, pk: int) -> Offer:
    return get_object_or_404(Offer.objects.visible_to(request.user).with_page(), pk=pk)


def _version(offer: Offer) -> str:
    return f"{offer.pk}:{offer.version}"


def _kept(request: HttpRequest, key: str, make: Callable[[], bytes]) -> bytes | None:
    """What was made of this version before, else made now; None where this visitor had too many made."""
    made = cache.get(key)
    if made is None and count(request, MADE):
        made = make()
        cache.set(key, made, KEPT_SECONDS)
    return made
