"""The frame that pages open to all have in common: three languages, no session, kept by nobody."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import get_language_bidi


def page(request: HttpRequest, template: str, context: dict, *, status: int = 200) -> HttpResponse:
    """Render a public page in the reader's language. `context` may say `words`, rendered lazily in it."""
    language = language_of(request)
    with translation.override(language):
        furniture = {
            "language": language,
            "direction": "rtl" if get_language_bidi() else "ltr",
            "languages": _language_links(request, language),
            "demo": settings.DEMO_NOTICE,
        }
        response = HttpResponse(render_to_string(template, context | furniture), status=status)
    return unkept(response)


def unkept(response: HttpResponse) -> HttpResponse:
    """No copy is kept on the way, and no search engine reads it."""
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def language_of(request: HttpRequest) -> str:
    """What the link asks for, else what the reader chose for the portal."""
    asked = request.GET.get("lang", "")
    return asked if asked in dict(settings.LANGUAGES) else translation.get_language() or "ar"


def _language_links(request: HttpRequest, current: str) -> list[dict]:
    query = request.GET.copy()
    links = []
    for code, name in settings.LANGUAGES:
        query["lang"] = code
        links.append({"code": code, "name": name, "url": f"?{query.urlencode()}", "current": code == current})
    return links
