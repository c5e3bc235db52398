"""What ties the form that records a use to the check that it stands under.

The card that was checked is named by a signed text, so that no agent records a use for a card that was not
shown a moment ago; the id in it makes the form count once, however often it is sent.
"""

from dataclasses import dataclass
from uuid import UUID, uuid4, uuid5

from django.core import signing

from cards.models import Card
from core.models import User
from partners.models import Offer

SALT = "partners.counter"
# As long as somebody stands at the counter.
GOOD_FOR_SECONDS = 15 * 60


@dataclass(frozen=True)
class Shown:
    """The card that an agent checked, and the id of the answer."""

    card_id: int
    answer_id: UUID

    def form_id(self, offer: Offer) -> UUID:
        """Each offer under one answer is recorded by a form of its own."""
        return uuid5(self.answer_id, str(offer.pk))


def sign(card: Card, by: User) -> str:
    return signing.dumps([card.pk, by.pk, uuid4().hex], salt=SALT)


def read(text: str, by: User) -> Shown | None:
    """None for what was not signed for this very person within the last minutes."""
    try:
        card_id, user_id, answer_id = signing.loads(text, salt=SALT, max_age=GOOD_FOR_SECONDS)
    except signing.BadSignature:
        return None
    return Shown(card_id, UUID(answer_id)) if user_id == by.pk else None
