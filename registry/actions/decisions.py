"""Deciding on applications: somebody else than who entered them, once."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.arabic import clean
from core.exceptions import ActionRefused
from core.models import AuditEvent, Chamber, User
from registry.actions.flags import refresh_flags
from registry.actions.trail import record_application
from registry.enums import ApplicationState, RegistrantState
from registry.models import Application, Registrant
from registry.numbers import allocate_nia
from registry.signals import registrant_state_changed


@transaction.atomic
def approve_application(*, application: Application, by: User) -> Registrant:
    """Enter the candidate on the register and give the number.

    Raises:
        ActionRefused: not awaiting a decision (a second click, another person), the decider entered it, or
            the chamber's format gives a number that somebody has.
    """
    locked = _lock_for_decision(application, by)
    registrant = Registrant.objects.select_for_update().get(pk=locked.registrant_id)
    chamber = Chamber.objects.get(region_id=registrant.region_id)
    registrant.nia = allocate_nia(chamber)
    registrant.state = RegistrantState.REGISTERED
    registrant.registered_on = timezone.localdate()
    registrant.version += 1
    try:
        with transaction.atomic():
            registrant.save()
    except IntegrityError as error:
        raise ActionRefused(
            _("The chamber's number format gives a number that is taken already: change the format first.")
        ) from error
    refresh_flags(registrant)
    _decide(locked, ApplicationState.APPROVED, by, reason="")
    audit.record(
        action="registry.registrant.registered",
        by=by,
        subject=registrant,
        region_code=registrant.region_id,
        after={"nia": registrant.nia, "state": registrant.state},
    )
    transaction.on_commit(lambda: registrant_state_changed.send(sender=Registrant, registrant=registrant))
    return registrant


@transaction.atomic
def return_application(*, application: Application, reason: str, by: User) -> Application:
    """Send an application back to be corrected, saying what is wrong."""
    locked = _lock_for_decision(application, by)
    before = {"state": locked.state}
    locked.state = ApplicationState.TO_CORRECT
    locked.decision_reason = _reason(reason)
    locked.save(update_fields=["state", "decision_reason"])
    record_application(locked, "registry.application.returned", by, before, reason=locked.decision_reason)
    return locked


@transaction.atomic
def reject_application(*, application: Application, reason: str, by: User) -> Application:
    """Refuse an application with a reason; the person may apply again."""
    locked = _lock_for_decision(application, by)
    _decide(locked, ApplicationState.REJECTED, by, reason=_reason(reason))
    return locked


def _lock_for_decision(application: Application, by: User) -> Application:
    locked = Application.objects.select_for_update().select_related("registrant").get(pk=application.pk)
    if locked.state != ApplicationState.SUBMITTED:
        raise ActionRefused(_("This application is not waiting for a decision any more."))
    chamber = Chamber.objects.get(region_id=locked.registrant.region_id)
    if chamber.separate_maker_and_checker:
        if locked.entered_by_id == by.pk:
            raise ActionRefused(_("You entered this application: another person decides on it."))
        if _changed_by(locked, by):
            raise ActionRefused(_("You changed this application: another person decides on it."))
    return locked


def _changed_by(application: Application, user: User) -> bool:
    """Whether somebody else's application holds this person's words: the audit trail knows."""
    return (
        AuditEvent.objects.about(application.registrant)
        .filter(action="registry.application.changed", actor_id=str(user.pk))
        .filter(happened_at__gte=application.entered_at)
        .exists()
    )


def _decide(application: Application, state: ApplicationState, by: User, *, reason: str) -> None:
    before = {"state": application.state}
    application.state = state
    application.decided_by = by
    application.decided_at = timezone.now()
    application.decision_reason = reason
    application.save(update_fields=["state", "decided_by", "decided_at", "decision_reason"])
    record_application(application, f"registry.application.{state}", by, before, reason=reason)


def _reason(text: str) -> str:
    reason = clean(text)
    if not reason:
        raise ActionRefused(_("Give a reason."))
    return reason
