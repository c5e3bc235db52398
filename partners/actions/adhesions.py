"""Each chamber's own vote on an agreement, recorded by its director."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.arabic import clean
from core.exceptions import ActionRefused
from core.models import Chamber, User
from partners.enums import AdhesionState, AgreementState
from partners.lifecycle import ADHESION
from partners.models import Adhesion, Agreement


@transaction.atomic
def propose_adhesion(*, agreement: Agreement, chamber: Chamber, by: User) -> Adhesion:
    """Put an agreement to a chamber's assembly, or once more where it refused or its adhesion ended.

    Asked twice is asked once.

    Raises:
        ActionRefused: the agreement is not signed, or the chamber takes part already.
    """
    held = Agreement.objects.select_for_update().get(pk=agreement.pk)
    if held.state != AgreementState.SIGNED:
        raise ActionRefused(_("Chambers join an agreement that is signed and has not ended."))
    adhesion, created = Adhesion.objects.get_or_create(agreement=held, chamber=chamber)
    if created:
        _record("partners.adhesion.proposed", adhesion, by, {}, {"state": AdhesionState.PROPOSED.value})
        return adhesion
    locked = _locked(adhesion)
    if locked.state == AdhesionState.PROPOSED:
        return locked
    move = ADHESION.check("propose", locked.state) if locked.state != AdhesionState.VOTED else None
    if move is None:
        raise ActionRefused(_("The chamber takes part in this agreement already."))
    again = {"state": move.to, "voted_on": None, "ends_on": None, "reason": ""}
    return _save(locked, "partners.adhesion.proposed", by, **again)


@transaction.atomic
def vote_adhesion(*, adhesion: Adhesion, voted_on: date, ends_on: date | None, by: User) -> Adhesion:
    """Record that the assembly voted for it: offers of the agreement hold in the region from then on.

    Raises:
        ActionRefused: it was voted on already, the agreement has ended, or a day is wrong.
    """
    locked = _locked(adhesion)
    move = ADHESION.check("vote", locked.state)
    if locked.agreement.state != AgreementState.SIGNED:
        raise ActionRefused(_("Chambers join an agreement that is signed and has not ended."))
    _refuse_wrong_day(voted_on)
    if ends_on and ends_on < voted_on:
        raise ActionRefused(_("It would end before the vote."))
    vote = {"state": move.to, "voted_on": voted_on, "ends_on": ends_on, "reminded_on": None}
    return _save(locked, "partners.adhesion.voted", by, **vote)


@transaction.atomic
def refuse_adhesion(*, adhesion: Adhesion, voted_on: date, reason: str, by: User) -> Adhesion:
    """Record that the assembly voted against it, and why.

    Raises:
        ActionRefused: it was voted on already, the day lies in the future, or no reason is given.
    """
    locked = _locked(adhesion)
    move = ADHESION.check("refuse", locked.state)
    _refuse_wrong_day(voted_on)
    words = _reason(reason)
    return _save(
        locked, "partners.adhesion.refused", by, words, state=move.to, voted_on=voted_on, reason=words[:300]
    )


@transaction.atomic
def end_adhesion(*, adhesion: Adhesion, reason: str, by: User) -> Adhesion:
    """The chamber leaves the agreement today.

    Raises:
        ActionRefused: it does not take part, or no reason is given.
    """
    locked = _locked(adhesion)
    move = ADHESION.check("end", locked.state)
    words = _reason(reason)
    today = max(timezone.localdate(), locked.voted_on)
    ended = {"state": move.to, "reason": words[:300], "ends_on": min(today, locked.ends_on or today)}
    return _save(locked, "partners.adhesion.ended", by, words, **ended)


def _reason(text: str) -> str:
    words = clean(text)
    if not words:
        raise ActionRefused(_("Give a reason."))
    return words


def _refuse_wrong_day(voted_on: date) -> None:
    if voted_on > timezone.localdate():
        raise ActionRefused(_("This day lies in the future."))


def _locked(adhesion: Adhesion) -> Adhesion:
    whole = Adhesion.objects.select_for_update(of=("self",)).with_places()
    return whole.get(pk=adhesion.pk)


def _save(adhesion: Adhesion, action: str, by: User, words: str = "", **changes: Any) -> Adhesion:
    """Save what changes; `words` are the reason that goes into the trail."""
    before = audit.snapshot(adhesion, changes)
    for name, value in changes.items():
        setattr(adhesion, name, value)
    adhesion.version += 1
    adhesion.save()
    _record(action, adhesion, by, before, audit.snapshot(adhesion, changes), words)
    return adhesion


def _record(action: str, adhesion: Adhesion, by: User, before: dict, after: dict, reason: str = "") -> None:
    audit.record(
        action=action,
        by=by,
        subject=adhesion,
        region_code=adhesion.chamber.region_id,
        before=before,
        after=after,
        reason=reason,
    )
