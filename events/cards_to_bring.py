"""Which cards are carried to a meeting, and in which boxes they lie."""

from dataclasses import dataclass

from django.db.models import Count, Max, Min, Q, QuerySet

from cards.models import Card
from events.models import Meeting


@dataclass(frozen=True)
class Box:
    """One box of one batch, with how many of its cards are wanted."""

    batch: int
    box: int
    cards: int
    first_slot: int
    last_slot: int


def cards_to_bring(meeting: Meeting) -> QuerySet[Card]:
    """Cards made and not collected: of those invited, and of everybody who works in the meeting's commune."""
    invited = meeting.invitations.standing().filter(registrant__isnull=False).values("registrant_id")
    return (
        Card.objects.waiting_for_holder()
        .filter(registrant__region_id=meeting.region_id)
        .filter(Q(registrant__in=invited) | Q(registrant__commune_id=meeting.commune_id))
    )


def boxes_to_bring(meeting: Meeting) -> list[Box]:
    """The boxes in the order of their batches."""
    rows = (
        cards_to_bring(meeting)
        .order_by("batch_id", "box")
        .values("batch_id", "box")
        .annotate(cards=Count("pk"), first_slot=Min("slot"), last_slot=Max("slot"))
    )
    return [
        Box(row["batch_id"], row["box"], row["cards"], row["first_slot"], row["last_slot"]) for row in rows
    ]
