"""What the audit trail is told of sign-in. A typed user name or number is kept in a masked form only."""

from allauth.account.authentication import get_authentication_records
from allauth.account.signals import password_changed, user_logged_in
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
)
from allauth.usersessions.internal.flows.sessions import end_other_sessions
from django.contrib.auth.signals import user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core import audit
from core.audit_labels import add_labels
from core.models import User
from core.sign_in.identities import masked
from core.sign_in.second_factor import FACTORS, mark_set_up_here

add_labels(
    {
        "core.user.password_changed": _("Password changed"),
        "core.user.second_factor_added": _("Second factor added"),
        "core.user.second_factor_removed": _("Second factor removed"),
        "core.user.recovery_codes_renewed": _("Recovery codes renewed"),
    }
)


def record_failure(*, method: str, user: User | None, label: str) -> None:
    """Record a sign-in that was refused; `label` stands for an account that does not exist."""
    audit.record(
        action="core.user.sign_in_failed",
        by=None,
        subject=user,
        label="" if user else label,
        region_code=_region_of(user),
        after={"method": method},
    )


@receiver(user_logged_in, dispatch_uid="core.sign_in.signed_in")
def signed_in(sender, request: HttpRequest, user: User, **kwargs) -> None:
    methods = [record.get("type", record["method"]) for record in get_authentication_records(request, user)]
    _record("core.user.signed_in", user, after={"method": ", ".join(methods)})


@receiver(user_logged_out, dispatch_uid="core.sign_in.signed_out")
def signed_out(sender, user: User | None, **kwargs) -> None:
    if user:
        _record("core.user.signed_out", user)


@receiver(user_login_failed, dispatch_uid="core.sign_in.password_failed")
def password_failed(sender, credentials: dict, **kwargs) -> None:
    username = credentials.get("username") or ""
    user = User.objects.filter(username__iexact=username).first()
    record_failure(method="password", user=user, label=masked(username))


@receiver(authentication_failed, dispatch_uid="core.sign_in.second_factor_failed")
def second_factor_failed(sender, user: User, authenticator: Authenticator, **kwargs) -> None:
    record_failure(method=authenticator.type, user=user, label="")


@receiver(password_changed, dispatch_uid="core.sign_in.password_changed")
def password_was_changed(sender, user: User, **kwargs) -> None:
    if user.password_is_provisional:
        user.password_is_provisional = False
        user.save(update_fields=["password_is_provisional"])
    _record("core.user.password_changed", user)


@receiver(authenticator_added, dispatch_uid="core.sign_in.second_factor_added")
def second_factor_added(sender, request: HttpRequest, user: User, authenticator, **kwargs) -> None:
    """End the other sessions: they were opened without the factor that protects the account from now on."""
    if authenticator.type in FACTORS:
        mark_set_up_here(request)
        end_other_sessions(request, user)
        _record("core.user.second_factor_added", user, after={"type": authenticator.type})


@receiver(authenticator_removed, dispatch_uid="core.sign_in.second_factor_removed")
def second_factor_removed(sender, user: User, authenticator, **kwargs) -> None:
    if authenticator.type in FACTORS:
        _record("core.user.second_factor_removed", user, after={"type": authenticator.type})


@receiver(authenticator_reset, dispatch_uid="core.sign_in.recovery_codes_renewed")
def recovery_codes_renewed(sender, user: User, **kwargs) -> None:
    _record("core.user.recovery_codes_renewed", user)


def _record(action: str, user: User, **details) -> None:
    audit.record(action=action, by=user, subject=user, region_code=_region_of(user), **details)


def _region_of(user: User | None) -> str:
    return (user.region_id or "") if user else ""
