"""Off the register and back: the state, what hangs on it, and who is told."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.exceptions import ActionRefused
from core.models import User
from registry import lifecycle
from registry.actions.flags import refresh_supervised
from registry.actions.grounding import grounding
from registry.actions.letters import write_letter
from registry.actions.proceedings.steps import (
    lock_registrant,
)
from registry.enums import LetterKind
from registry.models import Ground, Registrant
from registry.signals import registrant_state_changed


@transaction.atomic
def reinstate(*, registrant: Registrant, ground: Ground | None, reason: str, by: User) -> Registrant:
    """Bring somebody back on the register, on a ground and with a reason.

    Raises:
        ActionRefused: on the register, merged into another entry or erased; an appeal waits for its decision;
            or ground or reason is missing.
    """
    person = lock_registrant(registrant)
    move = lifecycle.REGISTRANT.check("reinstate", person.state)
    if person.merged_into_id or person.erased_at:
        raise ActionRefused(_("This entry is closed for good."))
    if person.proceedings.open().exists():
        raise ActionRefused(_("A proceeding on this entry is open: decide on it first."))
    chosen, words = grounding(
        procedure=move.procedure, ground=ground, reason=reason, region_id=person.region_id
    )
    change_state(person, move, by, words, chosen)
    lift(person)
    write_letter(kind=LetterKind.REINSTATEMENT, registrant=person, by=by, ground=chosen, reason=words)
    return person


def change_state(registrant: Registrant, move: lifecycle.Move, by: User, reason: str, ground: Ground) -> None:
    before = registrant.state
    registrant.state = move.to
    registrant.version += 1
    registrant.save(update_fields=["state", "version", "updated_at"])
    refresh_supervised(registrant)
    audit.record(
        action=f"registry.registrant.{move.to}",
        by=by,
        subject=registrant,
        region_code=registrant.region_id,
        before={"state": before},
        after={"state": move.to, "ground": str(ground)},
        reason=reason,
    )
    transaction.on_commit(lambda: registrant_state_changed.send(sender=Registrant, registrant=registrant))


def lift(registrant: Registrant) -> None:
    """Decisions that held until now hold no more."""
    for held in registrant.proceedings.standing().select_for_update():
        held.stage = lifecycle.PROCEEDING.check("lift", held.stage).to
        held.ended_on = timezone.localdate()
        held.save(update_fields=["stage", "ended_on"])
