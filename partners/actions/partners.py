"""Partners themselves: who they are and how they are reached."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from core import audit
from core.exceptions import ActionRefused
from core.models import User
from partners.models import Partner

FIELDS = ("name_ar", "name_fr", "parent_id", "website", "phone", "email")
_CODE_LENGTH = 50


@transaction.atomic
def save_partner(
    *, partner: Partner | None, values: Mapping[str, Any], domains: list[str], by: User
) -> Partner:
    """Enter a partner, or put what is known of it; `values` are of FIELDS.

    Raises:
        ActionRefused: its group would be a company of a group, or itself.
    """
    # One lock for the few who do this: groups are compared with each other.
    list(Partner.objects.select_for_update().values_list("pk"))
    parent = Partner.objects.filter(pk=values["parent_id"]).first()
    locked = Partner.objects.get(pk=partner.pk) if partner else Partner(code=_free_code(values["name_fr"]))
    if parent and (parent.parent_id or parent == locked or (partner and partner.subsidiaries.exists())):
        raise ActionRefused(_("A group is no company of another group."))
    before = _snapshot(locked) if partner else {}
    for name, value in values.items():
        setattr(locked, name, value)
    locked.save()
    locked.domains.set(domains)
    after = _snapshot(locked)
    if after != before:
        changed = [name for name in after if before.get(name) != after[name]]
        audit.record(
            action="partners.partner.saved",
            by=by,
            subject=locked,
            before={name: before[name] for name in changed if name in before},
            after={name: after[name] for name in changed},
        )
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
