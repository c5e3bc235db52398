"""Moving cards along the table of their life: one under its lock, or as many as a batch holds."""

from typing import Any

from cards.enums import CardState
from cards.lifecycle import CARD
from cards.models import Card
from cards.querysets import CardQuerySet
from cards.standing import tell_standing
from core import audit
from core.models import User
from registry.enums import ACTIVE_STATES
from registry.models import Registrant

# A card goes on towards its holder only while the holder is on the register.
_FORWARD = frozenset({"print", "check", "box"})
# What the audit trail calls a move.
ACTIONS = {
    "print": "cards.card.printed",
    "print_again": "cards.card.print_failed",
    "check": "cards.card.checked",
    "box": "cards.card.boxed",
    "hand_over": "cards.card.handed_over",
    "take_back": "cards.card.taken_back",
    "renew": "cards.card.renewed",
    "undo_renewal": "cards.card.renewal_undone",
    "cancel": "cards.card.left_out",
    "lose": "cards.card.stopped",
    "steal": "cards.card.stopped",
    "damage": "cards.card.stopped",
    "replace": "cards.card.stopped",
    "revoke": "cards.card.stopped",
}


def lock_card(card: Card) -> Card:
    """The card under its lock and its holder's, who is locked first, here as in a batch's composition."""
    Registrant.objects.select_for_update(no_key=True).get(pk=card.registrant_id)
    return Card.objects.select_for_update().get(pk=card.pk)


def move_card(
    card: Card,
    name: str,
    *,
    by: User | None,
    reason: str = "",
    told: dict[str, Any] | None = None,
    **fields: Any,
) -> Card:
    """Move one locked card, with `fields` set on it; `told` goes to the audit row beside the state.

    Raises:
        ActionRefused: the table does not know this move from where the card stands.
    """
    move = CARD.check(name, card.state)
    before = card.state
    card.state = CardState(move.to)
    for field, value in fields.items():
        setattr(card, field, value)
    card.save(update_fields=["state", *fields])
    tell_standing([card.registrant_id])
    audit.record(
        action=ACTIONS[name],
        by=by,
        subject=card,
        region_code=card.registrant.region_id,
        before={"state": before},
        after={"state": move.to, **(told or {})},
        reason=reason,
    )
    return card


def move_cards(cards: CardQuerySet, name: str, *, by: User | None, **fields: Any) -> list[int]:
    """Move those of the cards that stand where the move starts from; return their keys.

    A few statements however many they are, with an audit row each. Towards the holder goes only the card of
    somebody who is on the register. Call it in a transaction.
    """
    move = CARD.named(name)
    ready = cards.filter(state__in=move.sources)
    if name in _FORWARD:
        ready = ready.filter(registrant__state__in=ACTIVE_STATES)
    holders = Registrant.objects.filter(pk__in=ready.values("registrant_id")).order_by("pk")
    list(holders.select_for_update(no_key=True).values_list("pk"))
    rows = list(
        ready.order_by("pk")
        .select_for_update(of=("self",))
        .values_list("pk", "serial", "state", "registrant_id", "registrant__region_id")
    )
    keys = [row[0] for row in rows]
    if not keys:
        return []
    Card.objects.filter(pk__in=keys).update(state=move.to, **fields)
    tell_standing(row[3] for row in rows)
    audit.record_many(
        action=ACTIONS[name],
        by=by,
        model=Card,
        entries=(
            audit.Entry(key, serial, region, {"state": state}, {"state": str(move.to)})
            for key, serial, state, _holder, region in rows
        ),
    )
    return keys
