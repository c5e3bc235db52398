"""Who belongs to a craft body: joined and left, one active membership a person."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.arabic import clean
from core.exceptions import ActionRefused
from core.models import User
from registry.actions.bodies import lock, record
from registry.convocation_lists import people_called
from registry.enums import BodyState, Convoked
from registry.models import BodyMembership, CraftBody, Registrant


@transaction.atomic
def join_body(*, body: CraftBody, registrant: Registrant, joined_on: date, by: User) -> BodyMembership:
    """Enter a member.

    Raises:
        ActionRefused: the body is not founded, the person is not of its branch and territory, is a member
            already, or the day lies before the founding or ahead.
    """
    locked = lock(body)
    if locked.state != BodyState.FOUNDED:
        raise ActionRefused(_("Only a founded body has members."))
    if not locked.founded_on <= joined_on <= timezone.localdate():
        raise ActionRefused(_("Somebody joins after the body was founded, and not in the future."))
    if not people_called(locked, Convoked.EVERYBODY).filter(pk=registrant.pk).exists():
        raise ActionRefused(_("This person is not registered with a craft of the branch in this territory."))
    try:
        with transaction.atomic():
            membership = BodyMembership.objects.create(
                body=locked, registrant=registrant, joined_on=joined_on
            )
    except IntegrityError as error:
        raise ActionRefused(_("This person is a member already.")) from error
    record(locked, "member_joined", by, after={"nia": registrant.nia, "joined_on": joined_on})
    return membership


@transaction.atomic
def leave_body(*, membership: BodyMembership, left_on: date, reason: str, by: User) -> BodyMembership:
    """End a membership.

    Raises:
        ActionRefused: ended already, no reason, the person holds a post, or the day is out of order.
    """
    body = lock(membership.body)
    locked = BodyMembership.objects.select_for_update().get(pk=membership.pk)
    why = clean(reason)
    if locked.left_on:
        raise ActionRefused(_("This membership is ended already."))
    if not why:
        raise ActionRefused(_("Give a reason."))
    if not locked.joined_on <= left_on <= timezone.localdate():
        raise ActionRefused(_("Somebody leaves after joining, and not in the future."))
    held = body.mandates.filter(registrant_id=locked.registrant_id)
    if any(mandate.ends_on is None or mandate.ends_on > left_on for mandate in held):
        raise ActionRefused(_("This person holds a post of the bureau: end the mandate first."))
    locked.left_on, locked.leaving_reason = left_on, why
    locked.save(update_fields=["left_on", "leaving_reason"])
    record(body, "member_left", by, after={"nia": locked.registrant.nia, "left_on": left_on}, reason=why)
    return locked
