"""An appeal in time, and its decision by another person."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.dates import date_in_words
from core.exceptions import ActionRefused
from core.models import User
from registry import lifecycle
from registry.actions.data import ScannedDocument
from registry.actions.grounding import grounding
from registry.actions.proceedings.standing import change_state, lift
from registry.actions.proceedings.steps import (
    SANCTIONS,
    lock,
    received,
    record,
    refuse_same_hand,
    store,
    write,
)
from registry.enums import LetterKind, ProceedingKind
from registry.models import Ground, Proceeding


@transaction.atomic
def record_appeal(
    *, proceeding: Proceeding, received_on: date, text: str, documents: Sequence[ScannedDocument], by: User
) -> Proceeding:
    """Keep an appeal that came in time.

    Raises:
        ActionRefused: not decided or appealed already, too late, nothing said or brought, another open
            proceeding, or the day cannot be.
    """
    locked = lock(proceeding)
    move = lifecycle.PROCEEDING.check("appeal", locked.stage)
    words = received(locked.decided_on, received_on, text, documents)
    if received_on > locked.appeal_until:
        raise ActionRefused(
            _("An appeal was possible until %(date)s.") % {"date": date_in_words(locked.appeal_until)}
        )
    if locked.registrant.proceedings.open().exists():
        raise ActionRefused(_("A proceeding on this entry is open already."))
    locked.appeal_text, locked.appealed_on, locked.stage = words, received_on, move.to
    locked.save(update_fields=["appeal_text", "appealed_on", "stage"])
    locked.appeal_documents.set(store(locked.registrant, documents, by))
    record(locked, "appealed", by, {"appealed_on": received_on, "documents": len(documents)})
    return locked


@transaction.atomic
def decide_appeal(
    *, proceeding: Proceeding, upheld: bool, ground: Ground | None, reason: str, by: User
) -> Proceeding:
    """Uphold an appeal, which reinstates the person, or reject it.

    Raises:
        ActionRefused: no appeal waits, the decider took the decision appealed against, or ground or reason
            is missing.
    """
    locked = lock(proceeding)
    step = lifecycle.PROCEEDING.check("uphold_appeal" if upheld else "reject_appeal", locked.stage)
    refuse_same_hand(
        locked, locked.decided_by_id, by, _("You took this decision: another person decides on the appeal.")
    )
    person = locked.registrant
    chosen, words = grounding(
        procedure=step.procedure, ground=ground, reason=reason, region_id=person.region_id
    )
    today = timezone.localdate()
    locked.appeal_ground, locked.appeal_reason = chosen, words
    locked.appeal_decided_on, locked.appeal_decided_by, locked.stage = today, by, step.to
    locked.ended_on = today if upheld else None
    locked.save()
    # Who has left meanwhile, or was struck off by a later decision, does not come back by this one.
    if upheld and person.state == lifecycle.REGISTRANT.named(SANCTIONS[ProceedingKind(locked.kind)]).to:
        change_state(person, lifecycle.REGISTRANT.check("uphold_appeal", person.state), by, words, chosen)
        lift(person)
    record(locked, "overturned" if upheld else "confirmed", by, {"ground": chosen}, words)
    write(LetterKind.APPEAL, locked, by, chosen, words, upheld=upheld)
    return locked
