"""The card ceremony: whom the portal proposes, and where each card lies."""

from dataclasses import dataclass

from cards.enums import CardState
from cards.models import Card
from events.enums import CeremonyRole, GuestCategory
from events.models import CeremonyEntry, Meeting
from registry.enums import Post
from registry.models import Mandate, Registrant


@dataclass(frozen=True)
class StageLine:
    entry: CeremonyEntry
    card: Card | None

    @property
    def is_given(self) -> bool:
        return bool(self.card and self.card.state == CardState.HANDED_OVER)


def lines_of(meeting: Meeting) -> list[StageLine]:
    """In the order in which people are called, each with the card that counts; in two queries."""
    entries = list(meeting.ceremony.with_people())
    cards = Card.objects.live().filter(registrant__in=[one.registrant_id for one in entries])
    # Beside a card in force there may be the one that renews it: that is the one to give.
    in_order = sorted(cards, key=lambda card: card.state != CardState.HANDED_OVER)
    by_holder = {card.registrant_id: card for card in in_order}
    return [StageLine(one, by_holder.get(one.registrant_id)) for one in entries]


def propose(meeting: Meeting) -> list[tuple[Registrant, CeremonyRole]]:
    """Members of the chamber who are invited, then presidents of the region's bodies, whose cards wait."""
    waiting = Card.objects.waiting_for_holder().values("registrant")
    invited = meeting.invitations.standing().filter(
        guest__category=GuestCategory.CHAMBER_MEMBER, registrant__in=waiting
    )
    presidents = Mandate.objects.in_force().filter(
        body__region_id=meeting.region_id, post=Post.PRESIDENT, registrant__in=waiting
    )
    people: dict[int, tuple[Registrant, CeremonyRole]] = {}
    for one in invited.select_related("registrant").order_by("position"):
        people.setdefault(one.registrant_id, (one.registrant, CeremonyRole.MEMBER))
    for mandate in presidents.select_related("registrant").order_by("pk"):
        people.setdefault(mandate.registrant_id, (mandate.registrant, CeremonyRole.PRESIDENT))
    return list(people.values())
