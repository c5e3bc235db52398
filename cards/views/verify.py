"""The public check of a card: anybody with a telephone, in three languages, without signing in.

An answer that speaks of a card has status 200; unknown and forged have 404, for there is no such card. The
pages are rendered without the portal's context: no session is read, and two queries are the most they need.
"""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from cards import search
from cards.check_limits import MISSES, SCANS, TYPED, Limit, count, reached
from cards.enums import CardState, CheckOutcome
from cards.faces import PictureMissing, portrait, words_of
from cards.models import Card
from cards.search import Identification
from cards.serials import normalise_serial
from core.arabic import clean, digits
from registry.enums import ConsentPurpose

# Outcomes after which a bearer is told apart from a thief by name and picture.
_SPEAKS_OF_HOLDER = (CheckOutcome.VALID, CheckOutcome.EXPIRED, CheckOutcome.NOT_YET_VALID)
_NOT_OURS = (CheckOutcome.UNKNOWN, CheckOutcome.FORGED)
_WORDS = {
    CheckOutcome.VALID: _("The chamber issued this card and it is in force."),
    CheckOutcome.NOT_YET_VALID: _("The card is registered but not in force yet."),
    CheckOutcome.EXPIRED: _("The card was genuine, but its time is over. Its holder must renew it."),
    CheckOutcome.REVOKED: _("The chamber stopped this card: do not accept it."),
    CheckOutcome.UNKNOWN: _("No such card is registered. Check the number, or scan the code."),
    CheckOutcome.FORGED: _("The code was not made by a chamber, or it is damaged: do not accept the card."),
}
_MOST_TYPED = 400


@dataclass(frozen=True)
class _Holder:
    """What a check may show: never identity number, telephone, address or birth date."""

    name_ar: str
    name_latin: str
    kind_ar: str
    kind_fr: str
    craft_ar: str
    craft_fr: str
    nia: str


@login_not_required
@require_safe
def check(request: HttpRequest, token: str) -> HttpResponse:
    """What a scanned code opens."""
    if not count(request, SCANS):
        return _too_many(request, SCANS)
    return _answer(request, search.by_token(token), token=token)


@login_not_required
@require_safe
def form(request: HttpRequest) -> HttpResponse:
    """A serial number typed, or a code's whole address pasted."""
    typed = clean(request.GET.get("q", ""))[:_MOST_TYPED]
    if not typed:
        return _page(request, "cards/verify/form.html", {})
    if reached(request, MISSES) or not count(request, TYPED):
        return _too_many(request, TYPED)
    found = _by_number_or_code(typed)
    # A slip of the finger has wrong check digits and tells nothing: it does not count against a whole hall.
    if found.outcome in _NOT_OURS and normalise_serial(typed):
        count(request, MISSES)
    return _answer(request, found, typed=typed)


@login_not_required
@require_safe
def photograph(request: HttpRequest, token: str) -> HttpResponse:
    """The holder's picture, only to whoever holds the code of a valid card, and if the chamber allows it."""
    if not count(request, SCANS):
        return HttpResponse(status=429)
    found = search.by_token(token)
    if not _shows_photograph(found):
        raise Http404
    try:
        content = portrait(found.card.photograph)
    except PictureMissing as error:
        raise Http404 from error
    return _unkept(HttpResponse(content, content_type="image/jpeg"))


def _by_number_or_code(typed: str) -> Identification:
    """Registration numbers are not answered here: they follow one another, and stand on no card's back."""
    serial = normalise_serial(typed)
    if serial:
        return search.by_serial(serial)
    if digits(typed).replace("-", "").replace(" ", "").isdigit():
        return Identification(CheckOutcome.UNKNOWN)
    return search.by_token(search.token_in(typed))


def _answer(request: HttpRequest, found: Identification, *, token: str = "", typed: str = "") -> HttpResponse:
    card = found.card
    context = {
        "outcome": found.outcome,
        "words": _WORDS[found.outcome],
        "in_languages": _in_other_languages(request, found.outcome),
        "card": card,
        "chamber": card.registrant.region.chamber if card else None,
        "holder": _holder(card) if card and _may_speak_of_holder(found) else None,
        "photograph_url": (
            reverse("verification:photograph", args=[token]) if token and _shows_photograph(found) else ""
        ),
        "typed": typed,
    }
    status = 404 if found.outcome in _NOT_OURS else 200
    return _page(request, "cards/verify/answer.html", context, status=status)


def _may_speak_of_holder(found: Identification) -> bool:
    return found.outcome in _SPEAKS_OF_HOLDER and found.card.state != CardState.IN_BATCH


def _shows_photograph(found: Identification) -> bool:
    return (
        found.outcome == CheckOutcome.VALID
        and bool(found.card.photograph)
        and found.card.registrant.region.chamber.photograph_on_verification
        and found.card.registrant.agrees_to(ConsentPurpose.PHOTOGRAPH_ON_CHECK)
    )


def _holder(card: Card) -> _Holder:
    face = words_of(card)
    return _Holder(
        name_ar=face.name_ar,
        name_latin=face.name_latin,
        kind_ar=face.design.kind_label.ar,
        kind_fr=face.design.kind_label.fr,
        craft_ar=face.craft.ar,
        craft_fr=face.craft.fr,
        nia=face.nia,
    )


def _too_many(request: HttpRequest, limit: Limit) -> HttpResponse:
    response = _page(request, "cards/verify/too_many.html", {}, status=429)
    response["Retry-After"] = str(limit.seconds)
    return response


def _page(request: HttpRequest, template: str, context: dict, *, status: int = 200) -> HttpResponse:
    language = _language(request)
    with translation.override(language):
        furniture = {
            "language": language,
            "direction": "rtl" if get_language_bidi() else "ltr",
            "languages": _language_links(request, language),
            "demo": settings.DEMO_NOTICE,
        }
        response = HttpResponse(render_to_string(template, context | furniture), status=status)
    return _unkept(response)


def _unkept(response: HttpResponse) -> HttpResponse:
    """No copy is kept on the way, and no search engine reads it."""
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _language(request: HttpRequest) -> str:
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


def _in_other_languages(request: HttpRequest, outcome: CheckOutcome) -> list[dict]:
    """The answer's word in the languages that the page is not in."""
    words = []
    for code, _name in settings.LANGUAGES:
        if code != _language(request):
            with translation.override(code):
                words.append(
                    {
                        "code": code,
                        "direction": "rtl" if get_language_bidi() else "ltr",
                        "word": str(CheckOutcome(outcome).label),
                    }
                )
    return words
