"""The decision after the hearing: against the person, or none."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.arabic import clean_lines
from core.dates import date_in_words
from core.exceptions import ActionRefused
from core.models import User
from registry import lifecycle
from registry.actions.grounding import grounding
from registry.actions.proceedings.standing import change_state
from registry.actions.proceedings.steps import (
    SANCTIONS,
    lock,
    record,
    refuse_same_hand,
    rules_of,
    write,
)
from registry.enums import LetterKind, ProceedingKind
from registry.models import Ground, Proceeding


@transaction.atomic
def decide_proceeding(*, proceeding: Proceeding, ground: Ground | None, reason: str, by: User) -> Proceeding:
    """Suspend or strike off, as the notice said.

    Raises:
        ActionRefused: neither replied nor is the time over, the decider gave the notice, the entry's state
            does not allow it any more, or ground or reason is missing.
    """
    locked = lock(proceeding)
    step = lifecycle.PROCEEDING.check("decide", locked.stage)
    _refuse_before_hearing(locked)
    refuse_same_hand(locked, locked.notice_by_id, by, _("You gave the notice: another person decides."))
    person = locked.registrant
    move = lifecycle.REGISTRANT.check(SANCTIONS[ProceedingKind(locked.kind)], person.state)
    chosen, words = grounding(
        procedure=move.procedure, ground=ground, reason=reason, region_id=person.region_id
    )
    today = timezone.localdate()
    locked.ground, locked.decision_reason = chosen, words
    locked.decided_on, locked.decided_by, locked.stage = today, by, step.to
    locked.appeal_until = today + timedelta(days=rules_of(person).days_to_appeal)
    locked.save()
    change_state(person, move, by, words, chosen)
    record(locked, "decided", by, {"appeal_until": locked.appeal_until, "ground": chosen}, words)
    write(LetterKind(locked.kind), locked, by, chosen, words)
    return locked


@transaction.atomic
def drop_proceeding(*, proceeding: Proceeding, reason: str, by: User) -> Proceeding:
    """Close a proceeding without a decision against the person; may be done at once, by whoever noticed it.

    Raises:
        ActionRefused: decided already, or no reason.
    """
    locked = lock(proceeding)
    step = lifecycle.PROCEEDING.check("drop", locked.stage)
    locked.decision_reason = _reason(reason)
    locked.stage, locked.ended_on = step.to, timezone.localdate()
    locked.save(update_fields=["stage", "decision_reason", "ended_on"])
    record(locked, "dropped", by, {}, locked.decision_reason)
    write(LetterKind.DROPPED, locked, by, None, locked.decision_reason)
    return locked


def _refuse_before_hearing(proceeding: Proceeding) -> None:
    if not proceeding.may_be_decided(timezone.localdate()):
        raise ActionRefused(
            _("The person may reply until %(date)s: no decision before, unless they reply.")
            % {"date": date_in_words(proceeding.reply_until)}
        )


def _reason(text: str) -> str:
    words = clean_lines(text)
    if not words:
        raise ActionRefused(_("Give a reason."))
    return words
