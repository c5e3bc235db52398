"""Accounts of those who act for a partner: managed by its own administrator, the first of whom staff open."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core import accounts, audit
from core.exceptions import ActionRefused
from core.models import User
from core.roles import PARTNER_ROLES, Permission, Role
from partners.models import Branch, Partner, PartnerAgent


@transaction.atomic
def open_agent(
    *,
    partner: Partner,
    username: str,
    fields: dict[str, Any],
    role: Role,
    branch: Branch | None = None,
    by: User,
) -> tuple[PartnerAgent, str]:
    """Make an account that acts for a partner; returns it with its provisional password.

    Args:
        fields: names, e-mail and telephone, as `core.accounts` takes them.

    Raises:
        ActionRefused: `by` may not open accounts of this partner, or with this role; or the branch is
            another partner's.
        ValidationError: the user name is taken.
    """
    _check_may(partner, role, by)
    _check_branch(partner, branch)
    given = fields | {"roles": [role], "region": None}
    user, password = accounts.create(username=username, fields=given, by=by)
    agent = PartnerAgent.objects.create(user=user, partner=partner, branch=branch)
    _record("partners.agent.opened", agent, by, {}, _facts(agent))
    return agent, password


@transaction.atomic
def change_agent(
    *, agent: PartnerAgent, fields: dict[str, Any], role: Role, branch: Branch | None, by: User
) -> PartnerAgent:
    """Change who an agent is, what they may do and where they stand.

    Raises:
        ActionRefused: as `open_agent`, or one's own account.
    """
    locked = _lock(agent, role, by)
    _check_branch(locked.partner, branch)
    before = _facts(locked)
    accounts.edit(locked=locked.user, fields=fields | {"roles": [role], "region": None}, by=by)
    locked.branch = branch
    locked.save(update_fields=["branch"])
    if before != _facts(locked):
        _record("partners.agent.changed", locked, by, before, _facts(locked))
    return locked


@transaction.atomic
def close_agent(*, agent: PartnerAgent, reason: str, by: User) -> PartnerAgent:
    """Let an agent act no more: nobody signs in with the account, and open sessions end. Twice is once.

    Raises:
        ActionRefused: as `change_agent`, or no reason.
    """
    locked = _lock(agent, None, by)
    accounts.close(locked=locked.user, reason=reason, by=by)
    return locked


@transaction.atomic
def reopen_agent(*, agent: PartnerAgent, by: User) -> PartnerAgent:
    """Let an agent act again. Twice is once.

    Raises:
        ActionRefused: as `change_agent`.
    """
    locked = _lock(agent, None, by)
    accounts.reopen(locked=locked.user, by=by)
    return locked


@transaction.atomic
def reset_agent(*, agent: PartnerAgent, by: User) -> str:
    """Give a new provisional password and take the second factors away; returns the password.

    Raises:
        ActionRefused: as `change_agent`.
    """
    return accounts.reset(locked=_lock(agent, None, by).user, by=by)


def _lock(agent: PartnerAgent, role: Role | None, by: User) -> PartnerAgent:
    user = User.objects.select_for_update().get(pk=agent.user_id)
    locked = PartnerAgent.objects.select_related("partner", "branch").get(pk=agent.pk)
    # The row that is locked is the one that is changed.
    locked.user = user
    if user.pk == by.pk:
        raise ActionRefused(_("Another person changes your account."))
    if not PARTNER_ROLES.issuperset(user.roles):
        raise ActionRefused(_("This account is not yours to change."))
    for held in user.roles:
        _check_may(locked.partner, Role(held), by)
    if role:
        _check_may(locked.partner, role, by)
    return locked


def _check_may(partner: Partner, role: Role, by: User) -> None:
    """The partner's administrator manages all of its accounts; staff its administrators alone."""
    is_own = (
        by.can(Permission.MANAGE_PARTNER_SPACE)
        and PartnerAgent.objects.filter(user=by, partner=partner).exists()
    )
    is_staffs = by.can(Permission.MANAGE_OFFERS) and role == Role.PARTNER_ADMIN
    if role not in PARTNER_ROLES or not (is_own or is_staffs):
        raise ActionRefused(_("This account is not yours to change."))


def _check_branch(partner: Partner, branch: Branch | None) -> None:
    if branch and branch.partner_id != partner.pk:
        raise ActionRefused(_("This branch is not yours."))


def _facts(agent: PartnerAgent) -> dict[str, Any]:
    return {
        "partner": agent.partner.code,
        "branch": agent.branch.code if agent.branch else "",
        "roles": list(agent.user.roles),
    }


def _record(action: str, agent: PartnerAgent, by: User, before: dict, after: dict) -> None:
    audit.record(action=action, by=by, subject=agent.user, before=before, after=after)
