"""Renewals: a chamber that gave registrations a length looks at each file again before it ends."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.dates import months_later
from core.exceptions import ActionRefused
from core.models import User
from registry.actions.changes.entering import enter, lock
from registry.enums import ChangeKind
from registry.models import ChangeRequest, RegisterRules, Registrant


@transaction.atomic
def enter_renewals(*, registrants: Sequence[Registrant], by: User) -> list[ChangeRequest]:
    """Files whose photograph, telephone and workplace were confirmed, handed to those who decide.

    Raises:
        ActionRefused: one of them is not due, or its renewal is open already; then none is entered.
    """
    due = set(
        Registrant.objects.due_for_renewal(RegisterRules.objects.visible_to(by))
        .filter(pk__in=[registrant.pk for registrant in registrants])
        .values_list("pk", flat=True)
    )
    requests = []
    # Always in the same order, so that two people who renew overlapping lists wait in turn.
    for registrant in sorted(registrants, key=lambda one: one.pk):
        locked = lock(registrant.pk)
        if locked.pk not in due:
            raise ActionRefused(_("%(name)s is not due for renewal.") % {"name": locked.name})
        until = {"old": locked.valid_until.isoformat(), "new": renewed_until(locked).isoformat()}
        requests.append(
            enter(registrant=locked, kind=ChangeKind.RENEWAL, changes={"valid_until": until}, by=by)
        )
    return requests


def renewed_until(registrant: Registrant) -> date:
    """The chamber's length once more: from the present end, or from today where it has passed."""
    months = RegisterRules.objects.of(registrant.region_id).registration_months
    return months_later(max(registrant.valid_until, timezone.localdate()), months)
