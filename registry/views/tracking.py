"""How far an application is: for whoever holds its receipt, without signing in.

The number cannot be guessed, and the page says nothing of the person: state, dates, what is missing, what to
do next, and where the chamber is. No session is read.
"""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from core.arabic import clean
from core.rate_limits import Limit, count, reached
from registry.enums import ApplicationState, DocumentKind
from registry.models import Application, RegisterRules
from registry.numbers import normalise_tracking_number

# A hall of people may follow theirs from one address; who tries numbers has few misses.
LOOKS = Limit("tracking", 120)
MISSES = Limit("tracking-misses", 10)
# However many addresses somebody tries from: a number has 50 bits, this keeps the database free.
EVERYBODY = Limit("tracking-everybody", 6000, everybody=True)

_NEXT = {
    ApplicationState.DRAFT: _("The application is not handed in yet: go back to the chamber to complete it."),
    ApplicationState.SUBMITTED: _("Nothing to do: the chamber decides and tells you."),
    ApplicationState.TO_CORRECT: _("Go to the chamber with your identity card and what is missing."),
    ApplicationState.APPROVED: _("You are on the register. The chamber tells you when the card is ready."),
    ApplicationState.REJECTED: _("The chamber gives you the decision and its reason. You may apply again."),
}


@login_not_required
@require_safe
def follow(request: HttpRequest, number: str) -> HttpResponse:
    """One application, by the number on its receipt."""
    if not _may_look(request):
        return _page(request, "registry/tracking/too_many.html", {}, status=429)
    application = (
        Application.objects.select_related("registrant__region__chamber", "ground")
        .filter(tracking_number=normalise_tracking_number(number))
        .first()
    )
    if application is None:
        count(request, MISSES)
        return _page(request, "registry/tracking/form.html", {"unknown": True}, status=404)
    state = ApplicationState(application.state)
    decided = application.decided_at if state not in {ApplicationState.SUBMITTED} else None
    context = {
        "application": application,
        "chamber": application.registrant.region.chamber,
        "ground": application.ground if state == ApplicationState.TO_CORRECT else None,
        "decided_at": application.returned_at if state == ApplicationState.TO_CORRECT else decided,
        "missing": _missing(application),
        "next": _NEXT[state],
    }
    return _page(request, "registry/tracking/answer.html", context)


@login_not_required
@require_safe
def form(request: HttpRequest) -> HttpResponse:
    """A tracking number typed."""
    typed = normalise_tracking_number(clean(request.GET.get("q", ""))[:40])
    if typed:
        return redirect("tracking:follow", number=typed)
    return _page(request, "registry/tracking/form.html", {})


def _may_look(request: HttpRequest) -> bool:
    return not reached(request, MISSES) and count(request, LOOKS) and count(request, EVERYBODY)


def _missing(application: Application) -> list[Promise]:
    """Documents that the chamber still waits for, in words that follow the page's language."""
    if application.state in {ApplicationState.APPROVED, ApplicationState.REJECTED}:
        return []
    registrant = application.registrant
    required = RegisterRules.objects.of(registrant.region_id).required_documents(registrant.kind)
    held = set(registrant.documents.values_list("kind", flat=True))
    return [DocumentKind(kind).label for kind in required if kind not in held]


def _page(request: HttpRequest, template: str, context: dict, *, status: int = 200) -> HttpResponse:
    asked = request.GET.get("lang", "")
    language = asked if asked in dict(settings.LANGUAGES) else translation.get_language() or "ar"
    with translation.override(language):
        furniture = {
            "language": language,
            "direction": "rtl" if get_language_bidi() else "ltr",
            "languages": [
                {"code": code, "name": name, "url": f"?lang={code}", "current": code == language}
                for code, name in settings.LANGUAGES
            ],
            "demo": settings.DEMO_NOTICE,
        }
        response = HttpResponse(render_to_string(template, context | furniture), status=status)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response
