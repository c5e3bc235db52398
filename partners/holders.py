"""A holder as offers are judged by: the card in hand, and what is asked of the database."""

from cards.models import Card
from cards.search import outcome_of
from partners.eligibility import Facts, Right, facts_of, right_to
from partners.models import Offer
from registry.models import Registrant


def facts_now(registrant: Registrant) -> Facts:
    """What a holder's rights depend on at this moment, in four queries."""
    # What a card says and looks like is nothing that rights depend on.
    cards = Card.objects.filter(registrant=registrant).with_successor().defer("face")
    card = cards.live_first().first()
    if card:
        card.registrant = registrant
    return facts_of(registrant, outcome_of(card) if card else None)


def right_now(offer: Offer, registrant: Registrant) -> Right:
    return right_to(offer, facts_now(registrant))
