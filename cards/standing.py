"""Where somebody's newest card stands, told to the register in the transaction that moves the card."""

from collections import defaultdict
from collections.abc import Iterable

from cards.enums import CardState
from cards.models import Card
from registry.actions import note_card_standing
from registry.enums import CardStanding

_STANDINGS = {
    CardState.IN_BATCH: CardStanding.ORDERED,
    CardState.PRINTED: CardStanding.ORDERED,
    CardState.CHECKED: CardStanding.ORDERED,
    CardState.IN_BOX: CardStanding.MADE,
    CardState.HANDED_OVER: CardStanding.HANDED_OVER,
}


def tell_standing(registrant_ids: Iterable[int]) -> None:
    """Tell the register of these people's newest cards; those left out before printing never counted."""
    ids = set(registrant_ids)
    newest = (
        Card.objects.filter(registrant_id__in=ids)
        .exclude(state=CardState.CANCELLED)
        .order_by("registrant_id", "-id")
        .distinct("registrant_id")
        .values_list("registrant_id", "state")
    )
    told: dict[CardStanding, set[int]] = defaultdict(set)
    for registrant_id, state in newest:
        told[_STANDINGS.get(CardState(state), CardStanding.STOPPED)].add(registrant_id)
    told[CardStanding.NONE] = ids.difference(*told.values())
    for standing, holders in told.items():
        if holders:
            note_card_standing(registrant_ids=holders, standing=standing)
