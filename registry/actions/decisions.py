"""Deciding on applications: somebody else than who entered them, once."""

from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.dates import months_later
from core.exceptions import ActionRefused
from core.models import AuditEvent, Chamber, User
from registry import lifecycle
from registry.actions.duplicates import look_for_duplicates, refuse_merged
from registry.actions.flags import refresh_flags
from registry.actions.grounding import grounding
from registry.actions.letters import write_letter
from registry.actions.trail import record_application
from registry.enums import ACTIVE_STATES, Kind, LetterKind
from registry.lifecycle import Move
from registry.models import Application, Ground, RegisterRules, Registrant
from registry.numbers import allocate_nia
from registry.signals import registrant_state_changed


@transaction.atomic
def approve_application(*, application: Application, by: User) -> Registrant:
    """Enter the candidate on the register and give the number.

    Raises:
        ActionRefused: not awaiting a decision (a second click, another person), the decider entered it, or
            the chamber's format gives a number that somebody has; or an enterprise has lost its supervisor.
    """
    locked, approval = _lock_for_decision("approve", application, by)
    registrant = Registrant.objects.select_for_update().get(pk=locked.registrant_id)
    refuse_merged(registrant)
    _refuse_unsupervised(registrant)
    chamber = Chamber.objects.get(region_id=registrant.region_id)
    move = lifecycle.REGISTRANT.check("register", registrant.state)
    registrant.nia = allocate_nia(chamber)
    registrant.state = move.to
    registrant.registered_on = timezone.localdate()
    registrant.valid_until = _end_of_registration(registrant)
    registrant.version += 1
    try:
        with transaction.atomic():
            registrant.save()
    except IntegrityError as error:
        raise ActionRefused(
            _("The chamber's number format gives a number that is taken already: change the format first.")
        ) from error
    refresh_flags(registrant)
    look_for_duplicates(registrant.pk)
    _decide(locked, approval, by)
    audit.record(
        action="registry.registrant.registered",
        by=by,
        subject=registrant,
        region_code=registrant.region_id,
        after={"nia": registrant.nia, "state": registrant.state},
    )
    _write(LetterKind.APPROVAL, locked, registrant, by, dates={"registered_on": registrant.registered_on})
    transaction.on_commit(lambda: registrant_state_changed.send(sender=Registrant, registrant=registrant))
    return registrant


@transaction.atomic
def return_application(
    *, application: Application, ground: Ground | None, reason: str, by: User
) -> Application:
    """Send an application back to be corrected, saying what is wrong.

    Raises:
        ActionRefused: not awaiting a decision, the decider entered it, or ground or reason is missing.
    """
    locked, move = _lock_for_decision("return", application, by)
    before = {"state": locked.state}
    locked.ground, locked.decision_reason = grounding(
        procedure=move.procedure, ground=ground, reason=reason, region_id=locked.registrant.region_id
    )
    locked.state = move.to
    locked.returned_at = timezone.now()
    locked.save(update_fields=["state", "ground", "decision_reason", "returned_at"])
    record_application(locked, "registry.application.returned", by, before, reason=locked.decision_reason)
    days = RegisterRules.objects.of(locked.registrant.region_id).days_to_correct
    until = timezone.localdate() + timedelta(days=days)
    _write(LetterKind.RETURN, locked, locked.registrant, by, dates={"correct_until": until})
    return locked


@transaction.atomic
def reject_application(
    *, application: Application, ground: Ground | None, reason: str, by: User
) -> Application:
    """Refuse an application on a ground and with a reason; the person may apply again.

    Raises:
        ActionRefused: not awaiting a decision, the decider entered it, or ground or reason is missing.
    """
    locked, move = _lock_for_decision("reject", application, by)
    chosen, words = grounding(
        procedure=move.procedure, ground=ground, reason=reason, region_id=locked.registrant.region_id
    )
    _decide(locked, move, by, ground=chosen, reason=words)
    _write(LetterKind.REJECTION, locked, locked.registrant, by)
    return locked


def _lock_for_decision(name: str, application: Application, by: User) -> tuple[Application, Move]:
    locked = (
        Application.objects.select_for_update(of=["self"]).select_related("registrant").get(pk=application.pk)
    )
    move = lifecycle.APPLICATION.check(name, locked.state)
    chamber = Chamber.objects.get(region_id=locked.registrant.region_id)
    if chamber.separate_maker_and_checker:
        if locked.entered_by_id == by.pk:
            raise ActionRefused(_("You entered this application: another person decides on it."))
        if _changed_by(locked, by):
            raise ActionRefused(_("You changed this application: another person decides on it."))
    return locked, move


def _refuse_unsupervised(registrant: Registrant) -> None:
    supervisor = registrant.supervisor
    if registrant.kind == Kind.ENTERPRISE and not (supervisor and supervisor.state in ACTIVE_STATES):
        raise ActionRefused(
            _("The supervising artisan is not on the register any more: the enterprise names another one.")
        )


def _end_of_registration(registrant: Registrant) -> date | None:
    """The day until which it holds, where the chamber has set a length."""
    months = RegisterRules.objects.of(registrant.region_id).registration_months
    return months_later(registrant.registered_on, months) if months else None


def _changed_by(application: Application, user: User) -> bool:
    """Whether somebody else's application holds this person's words: the audit trail knows."""
    return (
        AuditEvent.objects.about(application.registrant)
        .filter(action="registry.application.changed", actor_id=str(user.pk))
        .filter(happened_at__gte=application.entered_at)
        .exists()
    )


def _decide(
    application: Application, move: Move, by: User, *, ground: Ground | None = None, reason: str = ""
) -> None:
    before = {"state": application.state}
    application.state = move.to
    application.decided_by = by
    application.decided_at = timezone.now()
    application.ground, application.decision_reason = ground, reason
    application.save(update_fields=["state", "decided_by", "decided_at", "ground", "decision_reason"])
    record_application(application, f"registry.application.{move.to}", by, before, reason=reason)


def _write(
    kind: LetterKind,
    application: Application,
    registrant: Registrant,
    by: User,
    *,
    dates: dict[str, date] | None = None,
) -> None:
    write_letter(
        kind=kind,
        registrant=registrant,
        by=by,
        application=application,
        ground=application.ground,
        reason=application.decision_reason,
        tracking_number=application.tracking_number,
        dates=dates,
    )
