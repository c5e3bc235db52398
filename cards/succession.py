"""Which card a new one comes after, and why it is made."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Exists, OuterRef

from cards.enums import CardKind, CardState
from cards.models import Card


class Succession(NamedTuple):
    """`predecessor` is the key of the card that the new one replaces or renews."""

    kind: CardKind
    predecessor: int | None


_FIRST = Succession(CardKind.FIRST, None)


def successions(registrant_ids: Iterable[int]) -> dict[int, Succession]:
    """What a new card would be for each of these people. Two queries however many they are."""
    ids = list(registrant_ids)
    counted = Card.objects.filter(registrant_id__in=ids).exclude(state=CardState.CANCELLED)
    followers = Card.objects.filter(predecessor=OuterRef("pk")).exclude(state=CardState.CANCELLED)
    last = dict(
        counted.filter(~Exists(followers))
        .order_by("registrant_id", "-id")
        .distinct("registrant_id")
        .values_list("registrant_id", "pk")
    )
    holding = set(counted.in_hand().values_list("registrant_id", flat=True))
    return {pk: _succession(last.get(pk), in_hand=pk in holding) for pk in ids}


def _succession(last: int | None, *, in_hand: bool) -> Succession:
    if last is None:
        return _FIRST
    return Succession(CardKind.RENEWAL if in_hand else CardKind.REPLACEMENT, last)
