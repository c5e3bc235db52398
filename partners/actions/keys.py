"""Keys of a partner's tills: made, shown once, revoked."""

import secrets
from collections.abc import Collection
from datetime import timedelta
from hashlib import sha256

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from core import audit
from core.arabic import clean
from core.exceptions import ActionRefused
from core.models import User
from partners.enums import ApiScope
from partners.models import ApiKey, Branch, Partner

MOST_DAYS = 730
# A partner has many tills; a list that nobody reads through is a list of forgotten keys.
MOST_USABLE = 200
_NO_DIGEST = "0" * 64


@transaction.atomic
def make_key(
    *,
    partner: Partner,
    name: str,
    scopes: Collection[ApiScope],
    days: int,
    branch: Branch | None = None,
    by: User,
) -> tuple[ApiKey, str]:
    """Make a key; returns it with the text that the till sends, which nobody can read again.

    Args:
        days: how long it is good for, 1 to MOST_DAYS.
        branch: the only place that it speaks for; None for all of the partner's.

    Raises:
        ActionRefused: no name, no scope, such a time, another partner's branch, or too many keys.
    """
    words = clean(name)[:60]
    if not words:
        raise ActionRefused(_("Give the till a name."))
    if not scopes or not 1 <= days <= MOST_DAYS:
        raise ActionRefused(_("Say what the key may do and for how long."))
    if branch and branch.partner_id != partner.pk:
        raise ActionRefused(_("This branch is not yours."))
    # One after the other, so that the count is true.
    Partner.objects.select_for_update().get(pk=partner.pk)
    if ApiKey.objects.usable().of_partner(partner).count() >= MOST_USABLE:
        raise ActionRefused(_("There are too many keys. Revoke those that are not used any more."))
    secret = secrets.token_urlsafe(32)
    key = ApiKey.objects.create(
        partner=partner,
        branch=branch,
        name=words,
        prefix=secrets.token_hex(6),
        digest=_digest(secret),
        scopes=[scope for scope in ApiScope if scope in scopes],
        created_by=by,
        expires_at=timezone.now() + timedelta(days=days),
    )
    audit.record(
        action="partners.key.made",
        by=by,
        subject=key,
        after={"partner": partner.code, "scopes": key.scopes, "branch": branch.code if branch else ""},
    )
    return key, f"{key.prefix}.{secret}"


@transaction.atomic
def revoke_key(*, key: ApiKey, by: User) -> ApiKey:
    """Let a key open nothing any more. Twice is once."""
    locked = ApiKey.objects.select_for_update().get(pk=key.pk)
    if locked.revoked_at is None:
        locked.revoked_at = timezone.now()
        locked.save(update_fields=["revoked_at"])
        audit.record(action="partners.key.revoked", by=by, subject=locked)
    return locked


def matches(key: ApiKey | None, secret: str) -> bool:
    """Whether this is the key's secret; takes as long where there is no key.

    A secret of 256 random bits needs no slow digest: nobody tries them all.
    """
    return constant_time_compare(key.digest if key else _NO_DIGEST, _digest(secret)) and key is not None


def _digest(secret: str) -> str:
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
