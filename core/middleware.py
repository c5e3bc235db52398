"""What every request passes through, beyond Django's own."""

import codecs
from collections.abc import Callable, Iterable
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import redirect
from django.utils import translation

from core.audit import client_address
from core.sign_in.second_factor import has_passed_second_factor, has_second_factor

# Pages that staff need in order to set up a second factor, to show the one they have, or to leave.
_SET_UP_PAGES = frozenset(
    {
        "mfa_index",
        "mfa_activate_totp",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "account_reauthenticate",
        "account_logout",
    }
)
_SHOW_PAGES = frozenset({"mfa_reauthenticate", "mfa_reauthenticate_webauthn", "account_logout"})
# A second factor may have to come first.
_PASSWORD_PAGES = _SET_UP_PAGES | _SHOW_PAGES | {"account_change_password"}


class PortalLocaleMiddleware(LocaleMiddleware):
    """Arabic unless the reader chose otherwise; what the browser prefers is not a choice."""

    def process_request(self, request: HttpRequest) -> None:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        if chosen not in dict(settings.LANGUAGES):
            chosen = settings.LANGUAGE_CODE
        translation.activate(chosen)
        request.LANGUAGE_CODE = chosen


class PermissionsPolicyMiddleware:
    """The camera is for our own pages; nothing else of the device is asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(self), microphone=(), geolocation=(), payment=(), usb=()"
        )
        return response


class PrivatePagesMiddleware:
    """No page stays in a browser: on a shared computer, "back" after sign-out shows nobody's file."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class WellFormedTextMiddleware:
    """Text that PostgreSQL cannot hold is a bad request, wherever in the request it stands.

    Such are the NUL character, and what charsets other than UTF-8 make of bytes: half characters, or nothing
    at all. No browser sends either of its own accord.

    Raises:
        BadRequest: answered with 400.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        _refuse_other_charsets(request.content_params.get("charset", "utf-8"))
        _refuse_nul([request.path_info, *request.COOKIES.values()])
        _refuse_nul(value for values in request.GET.lists() for value in (values[0], *values[1]))
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> None:
        # Not before: the check of the form's origin reads the body first, and bears that it cannot be read.
        _refuse_nul(value for values in request.POST.lists() for value in (values[0], *values[1]))


class SecondFactorMiddleware:
    """Where settings make it compulsory, nothing opens to staff before a second factor.

    Who has none may only set one up. Who has one must have shown it in this very session: a session that was
    opened with the password alone, before the factor was added, has not.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        if not settings.STAFF_SECOND_FACTOR_REQUIRED or not getattr(view, "login_required", True):
            return None
        if not request.user.is_authenticated or not request.user.is_staff_member:
            return None
        page = request.resolver_match.view_name
        if not has_second_factor(request.user):
            return None if page in _SET_UP_PAGES else redirect("mfa_index")
        if page in _SHOW_PAGES or has_passed_second_factor(request):
            return None
        way = get_adapter().get_reauthentication_methods(request.user)[0]
        return redirect(f"{way['url']}?{urlencode({'next': request.get_full_path()})}")


class ProvisionalPasswordMiddleware:
    """Who signed in with a password that somebody else has seen opens nothing but the page to replace it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        if not getattr(view, "login_required", True) or not request.user.is_authenticated:
            return None
        page = request.resolver_match.view_name
        if not request.user.password_is_provisional or page in _PASSWORD_PAGES:
            return None
        return redirect("account_change_password")


class AuditContextMiddleware:
    """Remembers the visitor's address for the audit rows that this request writes."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = client_address.set(visitor_address(request))
        try:
            return self.get_response(request)
        finally:
            client_address.reset(token)


def visitor_address(request: HttpRequest) -> str:
    """The visitor's address, counting back over the proxies that are ours and trusting no others."""
    if settings.TRUSTED_PROXY_COUNT:
        hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
        if len(hops) >= settings.TRUSTED_PROXY_COUNT:
            return hops[-settings.TRUSTED_PROXY_COUNT][:45]
    return request.META.get("REMOTE_ADDR", "")[:45]


def _refuse_other_charsets(charset: str) -> None:
    try:
        known = codecs.lookup(charset).name == "utf-8"
    except (LookupError, ValueError):
        known = False
    if not known:
        raise BadRequest("a charset other than UTF-8")


def _refuse_nul(texts: Iterable[str]) -> None:
    if any("\x00" in text for text in texts):
        raise BadRequest("a NUL character")
