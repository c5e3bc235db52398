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
from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi
from django.views.decorators.http import require_safe

from cards import search, tokens
from cards.actions.checks import record_check
from cards.check_limits import MISSES, SCANS, TYPED, Limit, ask_to_count_scan, count, reached
from cards.checked import CheckedCard
from cards.enums import CardState, CheckOutcome
from cards.faces import PictureMissing, portrait
from cards.models import Card
from cards.search import Identification
from cards.serials import normalise_serial
from cards.unusual import note_check
from cards.views.public_page import framed_page, language_of, page, unkept
from cards.views.verify_words import WORDS
from core.arabic import clean, digits
from core.dates import date_in_words
from core.models import Region, User
from core.panels import CARD_CHECK, panels_for
from core.sign_in.second_factor import has_passed_second_factor
from registry.enums import ConsentPurpose
from registry.models import Consent

# Outcomes after which a bearer is told apart from a thief by name and picture.
_SPEAKS_OF_HOLDER = (CheckOutcome.VALID, CheckOutcome.EXPIRED, CheckOutcome.NOT_YET_VALID)
_NOT_OURS = (CheckOutcome.UNKNOWN, CheckOutcome.FORGED)
_MOST_TYPED = 400
# What is each card's own on the page.
_OF_HOLDER = ("name_ar", "name_latin", "kind_ar", "kind_fr", "craft_ar", "craft_fr", "nia")
_SLOTS = ("serial", "chamber", "photograph_url", *_OF_HOLDER, "issued_on", "valid_until")


@dataclass(frozen=True)
class _Kind:
    """All that two answers must have in common to be the same page but for the card's own words."""

    outcome: CheckOutcome
    language: str
    has_card: bool
    has_holder: bool
    has_photograph: bool

    @property
    def words(self) -> str:
        return WORDS[self.outcome]

    @property
    def in_other_languages(self) -> list[dict]:
        """The answer's word in the languages that the page is not in."""
        words = []
        for code, _name in settings.LANGUAGES:
            if code != self.language:
                with translation.override(code):
                    direction = "rtl" if get_language_bidi() else "ltr"
                    words.append({"code": code, "direction": direction, "word": str(self.outcome.label)})
        return words


@login_not_required
@require_safe
def check(request: HttpRequest, token: str) -> HttpResponse:
    """What a scanned code opens."""
    serial = tokens.read(token).serial
    counted = ask_to_count_scan(request, serial)
    try:
        found = search.check_serial(serial) if serial else Identification(CheckOutcome.FORGED)
    finally:
        is_within, checks = counted()
    if not is_within:
        return _too_many(request, SCANS)
    note_check(found.card, region=_where(request), today=checks)
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
    found = search.check_token(token)
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
        return search.check_serial(serial)
    if digits(typed).replace("-", "").replace(" ", "").isdigit():
        return Identification(CheckOutcome.UNKNOWN)
    return search.check_token(search.token_in(typed))


def _answer(request: HttpRequest, found: Identification, *, token: str = "", typed: str = "") -> HttpResponse:
    language = language_of(request)
    kind = _Kind(
        CheckOutcome(found.outcome),
        language,
        has_card=found.card is not None,
        has_holder=_may_speak_of_holder(found),
        has_photograph=bool(token) and _shows_photograph(found),
    )
    slots = _slots(found.card, kind) | {"typed": typed, "panels": _for_staff(request, found, language)}
    if kind.has_photograph:
        slots["photograph_url"] = reverse("verification:photograph", args=[token])
    status = 404 if found.outcome in _NOT_OURS else 200
    return framed_page(request, "cards/verify/answer.html", kind, slots, language=language, status=status)


def _slots(card: CheckedCard | None, kind: _Kind) -> dict[str, str]:
    """What a check may show: never identity number, telephone, address or birth date."""
    slots = dict.fromkeys(_SLOTS, "")
    if kind.has_card:
        slots |= {"serial": card.serial, "chamber": card.chamber(kind.language)}
    if kind.has_holder:
        slots |= {name: getattr(card, name) for name in _OF_HOLDER}
        slots |= {
            "issued_on": date_in_words(card.issued_on, kind.language),
            "valid_until": date_in_words(card.valid_until, kind.language),
        }
    return slots


def _for_staff(request: HttpRequest, found: Identification, language: str) -> str:
    """What else concerns those who are signed in; nobody's session is read who brings none."""
    user = _staff(request)
    if user is None or found.card is None:
        return ""
    card = Card.objects.for_check().get(pk=found.card.pk)
    record_check(card=card, outcome=found.outcome, by=user)
    with translation.override(language):
        panels = panels_for(CARD_CHECK, request, card)
        return SafeString(
            "".join(render_to_string(one["template"], {"panel": one["context"]}) for one in panels)
        )


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
    card = found.card
    return (
        found.outcome == CheckOutcome.VALID
        and bool(card.photograph)
        and card.chamber_shows_photograph
        and Consent.objects.in_force(ConsentPurpose.PHOTOGRAPH_ON_CHECK)
        .filter(registrant=card.registrant_id)
        .exists()
    )


def _too_many(request: HttpRequest, limit: Limit) -> HttpResponse:
    response = page(request, "cards/verify/too_many.html", {}, status=429)
    response["Retry-After"] = str(limit.seconds)
    return response
