"""What is signed with a partner, step by step: `partners.lifecycle.AGREEMENT` says what may follow what."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.arabic import clean
from core.exceptions import ActionRefused
from core.models import User
from partners.enums import AgreementState
from partners.lifecycle import AGREEMENT
from partners.models import Agreement, Partner

FIELDS = ("name_ar", "name_fr", "reference", "starts_on", "ends_on", "needs_adhesion")


@transaction.atomic
def create_agreement(*, partner: Partner, values: dict[str, Any], by: User) -> Agreement:
    """An agreement in preparation; `values` are of FIELDS."""
    agreement = Agreement.objects.create(partner=partner, **values)
    _record("partners.agreement.created", agreement, by, {}, audit.snapshot(agreement, FIELDS))
    return agreement


@transaction.atomic
def change_agreement(*, agreement: Agreement, values: dict[str, Any], version: int, by: User) -> Agreement:
    """Put other words or another period; one that has ended stays as it was.

    Raises:
        ActionRefused: it has ended, or somebody changed it meanwhile.
    """
    locked = _locked(agreement)
    if locked.state == AgreementState.ENDED:
        raise ActionRefused(_("An agreement that has ended stays as it was."))
    if locked.version != version:
        raise ActionRefused(_("Somebody changed this agreement meanwhile. Look at it again, then save."))
    # Another end is to be reminded of anew.
    moved = {"reminded_on": None} if values["ends_on"] != locked.ends_on else {}
    return _save(locked, "partners.agreement.changed", by, **values, **moved)


@transaction.atomic
def sign_agreement(*, agreement: Agreement, signed_on: date, by: User) -> Agreement:
    """Say when it was signed; from then on chambers may join.

    Raises:
        ActionRefused: it was signed already, or the day lies in the future.
    """
    locked = _locked(agreement)
    move = AGREEMENT.check("sign", locked.state)
    if signed_on > timezone.localdate():
        raise ActionRefused(_("This day lies in the future."))
    return _save(locked, "partners.agreement.signed", by, state=move.to, signed_on=signed_on)


@transaction.atomic
def end_agreement(*, agreement: Agreement, reason: str, by: User) -> Agreement:
    """End it today, whatever its period said; its offers are no longer shown.

    Raises:
        ActionRefused: it is not signed, or no reason is given.
    """
    locked = _locked(agreement)
    words = clean(reason)
    if not words:
        raise ActionRefused(_("Give a reason."))
    move = AGREEMENT.check("end", locked.state)
    today = timezone.localdate()
    ended = {"state": move.to, "end_reason": words[:300]}
    if locked.starts_on is None or locked.starts_on <= today:
        ended["ends_on"] = min(today, locked.ends_on or today)
    return _save(locked, "partners.agreement.ended", by, words, **ended)


def _locked(agreement: Agreement) -> Agreement:
    return Agreement.objects.select_for_update().get(pk=agreement.pk)


def _save(agreement: Agreement, action: str, by: User, reason: str = "", **changes: Any) -> Agreement:
    before = audit.snapshot(agreement, changes)
    for name, value in changes.items():
        setattr(agreement, name, value)
    after = audit.snapshot(agreement, changes)
    if after != before:
        agreement.version += 1
        agreement.save()
        _record(action, agreement, by, before, after, reason)
    return agreement


def _record(action: str, agreement: Agreement, by: User, before: dict, after: dict, reason: str = "") -> None:
    differing = [name for name in after if before.get(name) != after[name]]
    audit.record(
        action=action,
        by=by,
        subject=agreement,
        before={name: before[name] for name in differing if name in before},
        after={name: after[name] for name in differing},
        reason=reason,
    )
