"""The frame that pages open to all have in common: three languages, no session, kept by nobody."""

from collections.abc import Hashable, Mapping
from functools import cache, lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.template.loader import get_template, render_to_string
from django.utils import translation
from django.utils.translation import get_language_bidi

from core.markup import escaped

# Stands in a frame around the name of what goes there: no template has this character.
_MARK = "\x00"


def page(request: HttpRequest, template: str, context: dict, *, status: int = 200) -> HttpResponse:
    """Render a public page in the reader's language. `context` may say `words`, rendered lazily in it."""
    language = language_of(request)
    with translation.override(language):
        content = render_to_string(template, context | _furniture(language, _addresses(request)))
    return unkept(HttpResponse(content, status=status))


def framed_page(
    request: HttpRequest,
    template: str,
    kind: Hashable,
    slots: Mapping[str, str],
    *,
    language: str,
    status: int = 200,
) -> HttpResponse:
    """A public page that is the same for all of its `kind`, but for `slots`: rendered once by a process.

    What is each reader's own is put in afterwards, escaped unless it is safe. The template gets `kind`, and
    each slot as a string to be shown and nothing else: whether it is empty, the kind must tell.
    """
    values = {**slots, **_addresses(request)}
    frame = _frame(get_template(template).template, language, kind, tuple(values))
    content = "".join([escaped(values[piece]) if is_slot else piece for is_slot, piece in frame])
    return unkept(HttpResponse(content, status=status))


def unkept(response: HttpResponse) -> HttpResponse:
    """No copy is kept on the way, and no search engine reads it."""
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def language_of(request: HttpRequest) -> str:
    """What the link asks for, else what the reader chose for the portal."""
    asked = request.GET.get("lang", "")
    return asked if asked in dict(settings.LANGUAGES) else translation.get_language() or "ar"


@lru_cache(maxsize=256)
def _frame(
    template: Template, language: str, kind: Hashable, slots: tuple[str, ...]
) -> list[tuple[bool, str]]:
    """The page in pieces, each with whether it is the name of a slot."""
    marks = {name: f"{_MARK}{name}{_MARK}" for name in slots}
    with translation.override(language):
        rendered = template.render(Context({"kind": kind, **marks, **_furniture(language, marks)}))
    return [(bool(place % 2), piece) for place, piece in enumerate(rendered.split(_MARK))]


def _furniture(language: str, addresses: Mapping[str, str]) -> dict:
    return {
        "language": language,
        "direction": "rtl" if get_language_bidi() else "ltr",
        "languages": [
            {"code": code, "name": name, "url": addresses[_address(code)], "current": code == language}
            for code, name in settings.LANGUAGES
        ],
        "demo": settings.DEMO_NOTICE,
    }


def _addresses(request: HttpRequest) -> dict[str, str]:
    """This page in each language."""
    if not request.GET:
        return _plain_addresses()
    asked = request.GET.copy()
    asked.pop("lang", None)
    rest = f"&{asked.urlencode()}" if asked else ""
    return {_address(code): f"?lang={code}{rest}" for code, _name in settings.LANGUAGES}


@cache
def _plain_addresses() -> dict[str, str]:
    return {_address(code): f"?lang={code}" for code, _name in settings.LANGUAGES}


def _address(language: str) -> str:
    return f"in_{language}"
