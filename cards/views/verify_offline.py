"""What a telephone needs in order to check cards without a network, open to all.

Nothing here tells of anybody: public keys, serials of cards not to be accepted, and pages of words.
"""

import json
import time
from functools import lru_cache
from hashlib import sha256

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import conditional_page, require_POST, require_safe

from cards.check_limits import FRAMES, count
from cards.enums import CheckOutcome
from cards.keys import NoSigningKey, public_key_set
from cards.revocation import FRESH_SECONDS, signed_list
from cards.views.public_page import language_of, page
from cards.views.verify_words import WORDS
from core.frames import UnreadableFrame, read_frame
from core.models import Chamber

# What the pages are made of, besides themselves.
_FILES = (
    "css/verify.css",
    "img/khatim.svg",
    "js/check/cose.js",
    "js/check/data.js",
    "js/check/offline.js",
    "js/check/page.js",
    "js/check/sound.js",
    "js/scanner.js",
)
_SHARED_WITH_WORKER = ("js/check/cose.js", "js/check/data.js")
# Answers that a telephone cannot give by itself: it has no register to look into.
_ANSWERS = tuple(outcome for outcome in CheckOutcome if outcome != CheckOutcome.UNKNOWN)


@login_not_required
@require_safe
@conditional_page
def card_keys(request: HttpRequest) -> HttpResponse:
    """The public keys as a COSE_KeySet (RFC 9052, section 7), for whoever verifies cards elsewhere."""
    return _public(HttpResponse(public_key_set(), content_type="application/cose-key-set"))


@login_not_required
@require_safe
@conditional_page
def revoked(request: HttpRequest) -> HttpResponse:
    """The signed list of cards that are not to be accepted; see `cards.revocation`."""
    try:
        return _public(HttpResponse(signed_list(), content_type='application/cose; cose-type="cose-sign1"'))
    except NoSigningKey:
        return HttpResponse(status=503, headers={"Retry-After": "300"})


@login_not_required
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """What the check page is called and opens with, once it is installed on a telephone."""
    language = language_of(request)
    with translation.override(language):
        return JsonResponse(
            {
                "id": reverse("verification:form"),
                "start_url": f"{reverse('verification:form')}?lang={language}",
                "scope": "/",
                "name": _("Check of a professional card"),
                "short_name": _("Card check"),
                "lang": language,
                "dir": "rtl" if translation.get_language_bidi() else "ltr",
                "display": "standalone",
                "background_color": "#fbf8f2",
                "theme_color": "#0b5d4a",
                "icons": [{"src": static("img/khatim.svg"), "sizes": "any", "type": "image/svg+xml"}],
            },
            content_type="application/manifest+json",
        )


@login_not_required
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker. It serves the check alone, though it must stand above both of its addresses."""
    context = {
        "files": json.dumps([static(name) for name in _FILES]),
        "scripts": ", ".join(json.dumps(static(name)) for name in _SHARED_WITH_WORKER),
        "shell": reverse("verification:offline"),
        "languages": json.dumps([code for code, _name in settings.LANGUAGES]),
        "version": _version(int(time.time() // FRESH_SECONDS)),
    }
    response = render(request, "cards/verify/worker.js", context, content_type="text/javascript")
    response["Service-Worker-Allowed"] = "/"
    response["Cache-Control"] = "no-cache"
    return response


@login_not_required
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """The page that checks by itself: every answer is in it, and its script shows one."""
    response = page(request, "cards/verify/offline.html", _shell())
    response["Cache-Control"] = "no-cache"
    return response


@csrf_exempt
@login_not_required
@require_POST
def frame(request: HttpRequest) -> HttpResponse:
    """Read the code in a camera's frame for browsers that cannot; nothing is kept, nothing changed."""
    if not count(request, FRAMES):
        return JsonResponse({"text": ""}, status=429)
    upload = request.FILES.get("frame")
    try:
        return JsonResponse({"text": read_frame(upload) if upload else ""}, status=200 if upload else 400)
    except UnreadableFrame:
        return JsonResponse({"text": ""}, status=400)


def _shell() -> dict:
    return {
        "answers": [(outcome, WORDS[outcome]) for outcome in _ANSWERS],
        "chambers": Chamber.objects.order_by("region_id"),
    }


@lru_cache(maxsize=1)
def _version(_period: int) -> str:
    """Changes with whatever the worker keeps, looked at once in a while."""
    names = [
        str(value)
        for chamber in Chamber.objects.order_by("region_id").values_list("name_ar", "name_fr")
        for value in chamber
    ]
    words = [str(WORDS[outcome]) for outcome in _ANSWERS]
    made_of = [*(static(name) for name in _FILES), *names, *words, str(settings.CARD_LIST_STALE_HOURS)]
    return sha256("\n".join(made_of).encode()).hexdigest()[:16]


def _public(response: HttpResponse) -> HttpResponse:
    """Nobody's data: any cache may keep it for as long as the list is fresh, and any page may read it."""
    response["Cache-Control"] = f"public, max-age={FRESH_SECONDS}"
    response["Access-Control-Allow-Origin"] = "*"
    return response
