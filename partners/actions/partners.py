"""Partners themselves: who they are, how they are reached, and whether the partnership stands."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from core import audit
from core.arabic import clean
from core.exceptions import ActionRefused
from core.models import User
from partners.lifecycle import PARTNER
from partners.models import Partner

FIELDS = ("name_ar", "name_fr", "parent_id", "website", "phone", "email")
_CODE_LENGTH = 50


@transaction.atomic
def save_partner(
    *,
    partner: Partner | None,
    values: Mapping[str, Any],
    domains: list[str],
    version: int | None = None,
    by: User,
) -> Partner:
    """Enter a partner, or put what is known of it; `values` are of FIELDS.

    Args:
        version: the one that was looked at; None for a new partner, or whatever stands now.

    Raises:
        ActionRefused: its group would be a company of a group, or itself, or somebody changed it meanwhile.
    """
    # One lock for the few who do this: groups are compared with each other.
    list(Partner.objects.select_for_update().values_list("pk"))
    parent = Partner.objects.filter(pk=values["parent_id"]).first()
    locked = Partner.objects.get(pk=partner.pk) if partner else Partner(code=_free_code(values["name_fr"]))
    if parent and (parent.parent_id or parent == locked or (partner and partner.subsidiaries.exists())):
        raise ActionRefused(_("A group is no company of another group."))
    if partner and version not in (None, locked.version):
        raise ActionRefused(_("Somebody changed this partner meanwhile. Look at it again, then save."))
    before = _snapshot(locked) if partner else {}
    for name, value in values.items():
        setattr(locked, name, value)
    locked.save()
    locked.domains.set(domains)
    after = _snapshot(locked)
    if after != before:
        if partner:
            locked.version += 1
            locked.save(update_fields=["version"])
        changed = [name for name in after if before.get(name) != after[name]]
        audit.record(
            action="partners.partner.saved",
            by=by,
            subject=locked,
            before={name: before[name] for name in changed if name in before},
            after={name: after[name] for name in changed},
        )
    return locked


@transaction.atomic
def end_partnership(*, partner: Partner, reason: str, by: User) -> Partner:
    """End it today: its offers run no more, its agents and tills do nothing. Companies of a group go on.

    Raises:
        ActionRefused: it has ended already, or no reason is given.
    """
    return _move("end", "partners.partner.ended", partner, reason, by)


@transaction.atomic
def resume_partnership(*, partner: Partner, reason: str, by: User) -> Partner:
    """Take the partnership up again: everything stands as it was when it ended.

    Raises:
        ActionRefused: it has not ended, or no reason is given.
    """
    return _move("resume", "partners.partner.resumed", partner, reason, by)


def _move(name: str, action: str, partner: Partner, reason: str, by: User) -> Partner:
    locked = Partner.objects.select_for_update().get(pk=partner.pk)
    words = clean(reason)
    if not words:
        raise ActionRefused(_("Give a reason."))
    before = {"state": locked.state}
    locked.state = PARTNER.check(name, locked.state).to
    locked.version += 1
    locked.save(update_fields=["state", "version"])
    after = {"state": locked.state}
    audit.record(action=action, by=by, subject=locked, before=before, after=after, reason=words)
    return locked


def _snapshot(partner: Partner) -> dict[str, Any]:
    domains = sorted(partner.domains.values_list("pk", flat=True)) if partner.pk else []
    return {name: getattr(partner, name) for name in FIELDS} | {"domains": domains}


def _free_code(name: str) -> str:
    first = slugify(name)[:_CODE_LENGTH] or "partner"
    taken = set(Partner.objects.filter(code__startswith=first).values_list("code", flat=True))
    number, code = 1, first
    while code in taken:
        number += 1
        code = f"{first}-{number}"
    return code
