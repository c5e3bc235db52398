"""Deciding on requests about an entry: by somebody else than who made them, once."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.arabic import clean
from core.exceptions import ActionRefused
from core.lifecycle import Move
from core.models import Chamber, User
from registry import lifecycle
from registry.actions.changes.effects import carry_out
from registry.actions.changes.entering import check_standing, lock_request
from registry.actions.changes.trail import record_change
from registry.actions.grounding import check_ground, grounding
from registry.enums import OPEN_CHANGE_STATES, ChangeState, RegistrantState
from registry.held_values import changed_since, names_of
from registry.models import ChangeRequest, Ground


@transaction.atomic
def approve_change(*, request: ChangeRequest, by: User, ground: Ground | None = None) -> ChangeRequest:
    """Accept a request and do what it asks for, in one transaction.

    Raises:
        ActionRefused: not waiting for a decision (a second click, another person), the decider made it or
            belongs to another chamber, the entry's state does not allow it any more, or a field that it
            changes was changed since by somebody else.
    """
    locked, move = _lock_for_decision("approve", request, by)
    rules = lifecycle.CHANGE_KINDS[locked.kind]
    check_standing(locked.registrant, locked.kind)
    if rules.ground:
        locked.ground = check_ground(procedure=rules.ground, ground=ground, region_id=locked.region_id)
    if changed := changed_since(locked):
        raise ActionRefused(
            _("Changed in the register since this was asked: %(fields)s. Refuse it and ask anew.")
            % {"fields": names_of(changed)}
        )
    before, after = carry_out(locked)
    _close(locked, move, by)
    record_change(locked, by, before=before, after=after, reason=str(locked.ground or ""))
    if locked.registrant.state == RegistrantState.STRUCK_OFF:
        _close_others(locked, by)
    return locked


@transaction.atomic
def refuse_change(*, request: ChangeRequest, ground: Ground | None, reason: str, by: User) -> ChangeRequest:
    """Refuse a request on a ground of the list and with a reason; nothing changes in the register.

    Raises:
        ActionRefused: not open any more, the decider made it or belongs to another chamber, or ground or
            reason is missing.
    """
    locked, move = _lock_for_decision("refuse", request, by)
    locked.ground, locked.decision_reason = grounding(
        procedure=move.procedure, ground=ground, reason=reason, region_id=locked.deciding_region_id
    )
    _close(locked, move, by)
    record_change(locked, by, after={"ground": str(locked.ground)}, reason=locked.decision_reason)
    return locked


@transaction.atomic
def withdraw_change(*, request: ChangeRequest, by: User, reason: str = "") -> ChangeRequest:
    """Take a request back: who made it, or the chamber that holds the file.

    Raises:
        ActionRefused: not open any more, or the chamber has begun with what the person asked.
    """
    locked = lock_request(request)
    move = lifecycle.CHANGE.check("withdraw", locked.state)
    if not by.is_staff_member and locked.state != ChangeState.ASKED:
        raise ActionRefused(_("The chamber is working on this request: ask the chamber to withdraw it."))
    if by.is_staff_member and by.region_id not in {locked.region_id, locked.entered_by.region_id}:
        raise ActionRefused(_("The chamber that made this request withdraws it."))
    locked.decision_reason = clean(reason)
    _close(locked, move, by)
    record_change(locked, by, reason=locked.decision_reason)
    return locked


def bars_maker(request: ChangeRequest, by: User) -> bool:
    """Whether the deciding chamber leaves this request to somebody else, because this person made it."""
    if by.pk not in {request.entered_by_id, request.submitted_by_id}:
        return False
    return Chamber.objects.get(region_id=request.deciding_region_id).separate_maker_and_checker


def _close_others(request: ChangeRequest, by: User) -> None:
    """Who has left the register has nothing more to ask of it; the caller holds the registrant's lock."""
    others = ChangeRequest.objects.select_for_update(of=["self"]).filter(
        registrant=request.registrant, state__in=OPEN_CHANGE_STATES
    )
    for other in others.exclude(pk=request.pk):
        other.registrant = request.registrant
        other.decision_reason = _("The person has left the register.")
        _close(other, lifecycle.CHANGE.check("withdraw", other.state), by)
        record_change(other, by, reason=other.decision_reason)


def _lock_for_decision(name: str, request: ChangeRequest, by: User) -> tuple[ChangeRequest, Move]:
    locked = lock_request(request)
    move = lifecycle.CHANGE.check(name, locked.state)
    region_id = locked.deciding_region_id
    if not by.sees_all_regions and by.region_id != region_id:
        raise ActionRefused(_("The chamber of the other region decides on this request."))
    if bars_maker(locked, by):
        raise ActionRefused(_("You made this request: another person decides on it."))
    return locked, move


def _close(request: ChangeRequest, move: Move, by: User) -> None:
    request.state = move.to
    request.decided_by = by
    request.decided_at = timezone.now()
    request.save(update_fields=["state", "ground", "decision_reason", "decided_by", "decided_at"])
