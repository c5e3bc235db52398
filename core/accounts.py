"""Staff accounts: opened, changed and closed by whoever may, never one's own.

Those who act for a partner are managed with the partner (`partners.actions.agents`): it asks who may in its
own way, and uses what stands here beneath the checks: `create`, `edit`, `close`, `reopen`, `reset`.
"""

import secrets
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from core import audit
from core.arabic import clean
from core.exceptions import ActionRefused
from core.models import User

FIELDS = ("name_ar", "name_latin", "email", "phone", "roles", "region")
# Without the signs that are taken for each other on paper.
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"


@transaction.atomic
def open_account(*, username: str, fields: dict[str, Any], by: User) -> tuple[User, str]:
    """Make a staff account; returns it with its provisional password, which nobody can read again.

    Raises:
        ActionRefused: a role or a region that `by` may not grant.
        ValidationError: the name is taken, or a role lacks its region.
    """
    _check_grant(fields, by)
    return create(username=username, fields=fields, by=by)


@transaction.atomic
def change_account(*, user: User, fields: dict[str, Any], by: User) -> User:
    """Change who somebody is, what they may do and where; whoever loses a role is signed out.

    Raises:
        ActionRefused: one's own account, an account of a higher role or another region, or such a grant.
        ValidationError: a role lacks its region.
    """
    locked = _lock(user, by)
    _check_grant(fields, by)
    return edit(locked=locked, fields=fields, by=by)


@transaction.atomic
def close_account(*, user: User, reason: str, by: User) -> User:
    """Close an account: nobody signs in with it, and open sessions end. Twice is once.

    Raises:
        ActionRefused: as `change_account`, or no reason.
    """
    return close(locked=_lock(user, by), reason=reason, by=by)


@transaction.atomic
def reopen_account(*, user: User, by: User) -> User:
    """Let somebody sign in again. Twice is once.

    Raises:
        ActionRefused: as `change_account`.
    """
    return reopen(locked=_lock(user, by), by=by)


@transaction.atomic
def reset_sign_in(*, user: User, by: User) -> str:
    """Give a new provisional password and take the second factors away; returns the password.

    Raises:
        ActionRefused: as `change_account`.
    """
    return reset(locked=_lock(user, by), by=by)


def create(*, username: str, fields: dict[str, Any], by: User) -> tuple[User, str]:
    """`open_account` for a caller that has checked that `by` may."""
    password = _new_password()
    user = User.objects.create_user(username, password, password_is_provisional=True, **_cleaned(fields))
    _record("core.user.created", user, by, after={"username": username, **audit.snapshot(user, FIELDS)})
    return user, password


def edit(*, locked: User, fields: dict[str, Any], by: User) -> User:
    """`change_account` of a locked row, for a caller that has checked that `by` may."""
    before = audit.snapshot(locked, FIELDS)
    for name, value in _cleaned(fields).items():
        setattr(locked, name, value)
    locked.full_clean(exclude=["password"])
    locked.save(update_fields=list(fields))
    after = audit.snapshot(locked, FIELDS)
    changed = [name for name in FIELDS if before[name] != after[name]]
    if {"roles", "region"} & set(changed):
        _sign_out(locked)
    if changed:
        _record(
            "core.user.changed",
            locked,
            by,
            before={name: before[name] for name in changed},
            after={name: after[name] for name in changed},
        )
    return locked


def close(*, locked: User, reason: str, by: User) -> User:
    """`close_account` of a locked row, for a caller that has checked that `by` may.

    Raises:
        ActionRefused: no reason.
    """
    words = clean(reason)
    if not words:
        raise ActionRefused(_("Give a reason."))
    if locked.is_active:
        locked.is_active = False
        locked.save(update_fields=["is_active"])
        _sign_out(locked)
        _record("core.user.closed", locked, by, reason=words)
    return locked


def reopen(*, locked: User, by: User) -> User:
    """`reopen_account` of a locked row, for a caller that has checked that `by` may."""
    if not locked.is_active:
        locked.is_active = True
        locked.save(update_fields=["is_active"])
        _record("core.user.reopened", locked, by)
    return locked


def reset(*, locked: User, by: User) -> str:
    """`reset_sign_in` of a locked row, for a caller that has checked that `by` may."""
    password = _new_password()
    locked.set_password(password)
    locked.password_is_provisional = True
    locked.save(update_fields=["password", "password_is_provisional"])
    Authenticator.objects.filter(user=locked).delete()
    _sign_out(locked)
    _record("core.user.sign_in_reset", locked, by)
    return password


def erase(user: User) -> None:
    """Take an account away with its sessions; where a record names it, a nameless row stays, closed.

    Part of the erasing of somebody's data, which audits it; call it in its transaction.
    """
    _sign_out(user)
    try:
        with transaction.atomic():
            user.delete()
    except ProtectedError:
        Authenticator.objects.filter(user=user).delete()
        user.username, user.is_active = f"erased-{user.pk}", False
        user.name_ar = user.name_latin = user.email = user.phone = ""
        user.set_unusable_password()
        user.save()


def _lock(user: User, by: User) -> User:
    locked = User.objects.select_for_update().get(pk=user.pk)
    if locked.pk == by.pk:
        raise ActionRefused(_("Another person changes your account."))
    if not User.objects.manageable_by(by).filter(pk=locked.pk).exists():
        raise ActionRefused(_("This account is not yours to change."))
    return locked


def _check_grant(fields: dict[str, Any], by: User) -> None:
    roles, region = frozenset(fields["roles"]), fields["region"]
    if not roles or not roles <= by.grantable_roles:
        raise ActionRefused(_("You may not grant this role."))
    if not by.sees_all_regions and (region is None or region.pk != by.region_id):
        raise ActionRefused(_("You open accounts of your own region only."))


def _cleaned(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: clean(value) if isinstance(value, str) else value for name, value in fields.items()}


def _new_password() -> str:
    """Sixteen signs in groups of four: some 79 bits, to be read aloud or copied from paper."""
    return "-".join("".join(secrets.choice(_SIGNS) for _sign in range(4)) for _group in range(4))


def _sign_out(user: User) -> None:
    for session in UserSession.objects.filter(user=user):
        session.end()


def _record(action: str, user: User, by: User, **details: Any) -> None:
    audit.record(action=action, by=by, subject=user, region_code=user.region_id or "", **details)
