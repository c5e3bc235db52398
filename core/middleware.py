"""What every request passes through, beyond Django's own."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import redirect
from django.utils import translation

from core.audit import client_address

# Pages that a person without a second factor needs in order to set one up, or to leave.
_SECOND_FACTOR_EXEMPT = ("mfa_", "account_logout", "account_reauthenticate", "set_language", "core:healthz")


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


class SecondFactorMiddleware:
    """Where settings make it compulsory, staff without a second factor may only set one up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        user = request.user
        if not settings.STAFF_SECOND_FACTOR_REQUIRED or not user.is_authenticated or not user.is_staff_member:
            return None
        name = request.resolver_match.view_name or ""
        if name.startswith(_SECOND_FACTOR_EXEMPT) or not getattr(view, "login_required", True):
            return None
        from allauth.mfa.adapter import get_adapter

        return None if get_adapter().is_mfa_enabled(user) else redirect("mfa_activate_totp")


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
