"""The holder's card on a telephone: a page to show, a PDF to keep, and a copy for when the network drops."""

import json

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from cards.enums import CardState, CheckOutcome
from cards.faces import PictureMissing, printed_face
from cards.models import Card
from cards.qr import qr_svg
from cards.rendering import render_cards
from cards.search import outcome_of
from core.media import serve_made
from core.permissions import requires
from core.roles import Permission

# What the kept copy is made of, besides the page and its pictures.
_FILES = ("css/own_card.css", "img/khatim.svg", "js/own_card.js")
_UNMADE = (CardState.IN_BATCH,)
# A card that is only composed, or that was stopped, is nobody's to show.
_SHOWN = (CheckOutcome.VALID, CheckOutcome.NOT_YET_VALID, CheckOutcome.EXPIRED)


@requires(Permission.VIEW_OWN_FILE)
@require_safe
def own_card(request: HttpRequest) -> HttpResponse:
    """The card as it is, its code large enough to be scanned from the screen."""
    card = _own(request)
    context = {
        "card": card,
        "outcome": outcome_of(card),
        # Drawn by us from a signed token; it holds no word of anybody's.
        "code": mark_safe(qr_svg(card.face["url"])),  # noqa: S308
        "kept_files": json.dumps([static(name) for name in _FILES]),
    }
    response = render(request, "cards/own_card.html", context)
    # Tells the telephone whether what it keeps is this holder's, and nobody who that is.
    response["Card-Holder"] = salted_hmac("cards.own_card", str(request.user.pk)).hexdigest()[:16]
    return response


@requires(Permission.VIEW_OWN_FILE)
@require_safe
def own_card_pdf(request: HttpRequest) -> HttpResponseBase:
    """Both sides, in the size of the card."""
    card = _own(request)
    try:
        content = render_cards([printed_face(card)])
    except PictureMissing as error:
        raise Http404 from error
    return serve_made(content, content_type="application/pdf", filename=f"{card.serial}.pdf", inline=False)


@requires(Permission.VIEW_OWN_FILE)
@require_safe
def own_card_worker(request: HttpRequest) -> HttpResponse:
    """The service worker of the page above, and of no other."""
    context = {"page": reverse("cards:own_card")}
    response = render(request, "cards/own_card_worker.js", context, content_type="text/javascript")
    response["Cache-Control"] = "private, no-cache"
    return response


def _own(request: HttpRequest) -> Card:
    cards = Card.objects.for_check().filter(registrant__user=request.user).live_first()
    card = cards.first()
    if card is None or card.state in _UNMADE or outcome_of(card) not in _SHOWN:
        raise Http404
    return card
