"""The public check of a card: anybody with a telephone, in three languages, without signing in.

An answer that speaks of a card has status 200; unknown and forged have 404, for there is no such card. The
pages are rendered without the portal's context: no session is read, and two queries are the most they need.
"""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language_bidi
from django.views.decorators.http import require_safe

from cards import search
from cards.actions.checks import record_check
from cards.check_limits import MISSES, SCANS, TYPED, Limit, count, reached
from cards.enums import CardState, CheckOutcome
from cards.faces import PictureMissing, portrait, words_of
from cards.models import Card
from cards.search import Identification
from cards.serials import normalise_serial
from cards.unusual import note_check
from cards.views.public_page import language_of, page, unkept
from cards.views.verify_words import WORDS
from core.arabic import clean, digits
from core.models import Region, User
from core.panels import CARD_CHECK, panels_for
from core.sign_in.second_factor import has_passed_second_factor
from registry.enums import ConsentPurpose

# Outcomes after which a bearer is told apart from a thief by name and picture.
_SPEAKS_OF_HOLDER = (CheckOutcome.VALID, CheckOutcome.EXPIRED, CheckOutcome.NOT_YET_VALID)
_NOT_OURS = (CheckOutcome.UNKNOWN, CheckOutcome.FORGED)
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
    found = search.by_token(token)
    note_check(found.card, region=_where(request))
    return _answer(request, found, token=token)


@login_not_required
@require_safe
def form(request: HttpRequest) -> HttpResponse:
    """A serial number typed, or a code's whole address pasted."""
    typed = clean(request.GET.get("q", ""))[:_MOST_TYPED]
    if not typed:
        return page(request, "cards/verify/form.html", {"regions": Region.objects.all()})
    if reached(request, MISSES) or not count(request, TYPED):
        return _too_many(request, TYPED)
    found = _by_number_or_code(typed)
    # A slip of the finger has wrong check digits and tells nothing: it does not count against a whole hall.
    if found.outcome in _NOT_OURS and normalise_serial(typed):
        count(request, MISSES)
    note_check(found.card, region=_where(request))
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
    return unkept(HttpResponse(content, content_type="image/jpeg"))


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
        "words": WORDS[found.outcome],
        "in_languages": _in_other_languages(request, found.outcome),
        "card": card,
        "chamber": card.registrant.region.chamber if card else None,
        "holder": _holder(card) if card and _may_speak_of_holder(found) else None,
        "photograph_url": (
            reverse("verification:photograph", args=[token]) if token and _shows_photograph(found) else ""
        ),
        "typed": typed,
        "panels": _for_staff(request, found),
    }
    status = 404 if found.outcome in _NOT_OURS else 200
    return page(request, "cards/verify/answer.html", context, status=status)


def _for_staff(request: HttpRequest, found: Identification) -> list[dict]:
    """What else concerns those who are signed in; nobody's session is read who brings none."""
    user = _staff(request)
    if user is None or found.card is None:
        return []
    record_check(card=found.card, outcome=found.outcome, by=user)
    return panels_for(CARD_CHECK, request, found.card)


def _staff(request: HttpRequest) -> User | None:
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
        return None
    # This view is open to all, so that nobody has asked for the second factor before it.
    unproven = settings.STAFF_SECOND_FACTOR_REQUIRED and not has_passed_second_factor(request)
    return None if unproven or not request.user.is_staff_member else request.user


def _where(request: HttpRequest) -> str:
    """The region of a check, where it is known: the staff's own, or what the visitor chose to say."""
    user = _staff(request)
    return (user.region_id if user else "") or request.GET.get("at", "")[:2]


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
    response = page(request, "cards/verify/too_many.html", {}, status=429)
    response["Retry-After"] = str(limit.seconds)
    return response


def _in_other_languages(request: HttpRequest, outcome: CheckOutcome) -> list[dict]:
    """The answer's word in the languages that the page is not in."""
    words = []
    for code, _name in settings.LANGUAGES:
        if code != language_of(request):
            with translation.override(code):
                words.append(
                    {
                        "code": code,
                        "direction": "rtl" if get_language_bidi() else "ltr",
                        "word": str(CheckOutcome(outcome).label),
                    }
                )
    return words
