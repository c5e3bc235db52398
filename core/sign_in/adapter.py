"""What django-allauth asks of us about accounts."""

import ipaddress
import time

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.middleware import visitor_address
from core.models import User
from core.roles import Role
from core.sign_in.second_factor import has_second_factor

UNKNOWN_ADDRESS = "0.0.0.0"  # noqa: S104


class SignInAdapter(DefaultAccountAdapter):
    """No self-registration; each kind of person by its own way; addresses as the portal sees them."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": _("This code is not right. Check the digits, or ask for a new code."),
        "incorrect_password": _("This password is not right."),
        "enter_current_password": _("This is not your current password."),
        "username_password_mismatch": _("The user name or the password is not right."),
        "too_many_login_attempts": _("Too many attempts that failed. Wait a few minutes, then try again."),
        "rate_limited": _("Too many requests one after the other. Wait a few minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The same address as in the audit trail; one that says nothing where none can be read."""
        try:
            return str(ipaddress.ip_address(visitor_address(request)))
        except ValueError:
            return UNKNOWN_ADDRESS

    def pre_login(self, request: HttpRequest, user: User, **kwargs) -> HttpResponse | None:
        """Refuse a closed account, and a way of signing in that is not for this kind of person."""
        response = super().pre_login(request, user, **kwargs)
        if response:
            return response
        records = get_authentication_records(request, user)
        by_code = bool(records) and records[-1]["method"] == "code"
        allowed = list(user.roles) == [Role.ARTISAN] if by_code else user.is_staff_member
        if not allowed:
            raise PermissionDenied
        return None

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        messages.error(request, _("This account is closed. Ask the administration of your chamber."))
        return redirect("account_login")

    def is_reauthentication_required(self, *, app: str, **kwargs) -> bool:
        """Ask again only those who signed in some while ago: setting up follows signing in at once."""
        records = get_authentication_records(self.request, self.request.user)
        fresh = bool(records) and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT
        return not fresh and super().is_reauthentication_required(app=app, **kwargs)

    def get_reauthentication_methods(self, user: User) -> list[dict]:
        """Who has a second factor confirms with it: the password alone is what may have been stolen."""
        words = {
            "reauthenticate": _("Type the password"),
            "mfa_reauthenticate": _("Type a code"),
            "mfa_reauthenticate:webauthn": _("Use a passkey"),
        }
        known = super().get_reauthentication_methods(user)
        methods = [method | {"description": words[method["id"]]} for method in known]
        stronger = [method for method in methods if method["id"] != "reauthenticate"]
        return stronger if has_second_factor(user) else methods

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("mfa_index")
