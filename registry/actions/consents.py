"""Consents beside the registration itself: given and taken back by the person, or by staff on their word."""

from django.db import transaction
from django.utils import timezone

from core import audit
from core.models import User
from registry.enums import ConsentPurpose
from registry.models import Consent, Registrant


@transaction.atomic
def give_consent(*, registrant: Registrant, purpose: ConsentPurpose, by: User) -> Consent:
    """Record a consent. Given twice, it is given once."""
    locked = Registrant.objects.select_for_update().get(pk=registrant.pk)
    in_force = locked.consents.in_force(purpose).first()
    if in_force is not None:
        return in_force
    consent = Consent.objects.create(registrant=locked, purpose=purpose)
    _record("registry.consent.given", locked, purpose, by)
    return consent


@transaction.atomic
def withdraw_consent(*, registrant: Registrant, purpose: ConsentPurpose, by: User) -> None:
    """Take a consent back; from this moment nothing rests on it. Taken back twice, it is taken back once."""
    locked = Registrant.objects.select_for_update().get(pk=registrant.pk)
    in_force = locked.consents.in_force(purpose)
    if in_force.update(withdrawn_at=timezone.now()):
        _record("registry.consent.withdrawn", locked, purpose, by)


def _record(action: str, registrant: Registrant, purpose: ConsentPurpose, by: User) -> None:
    audit.record(
        action=action, by=by, subject=registrant, region_code=registrant.region_id, after={"purpose": purpose}
    )
