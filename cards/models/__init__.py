from cards.models.batch import BatchChunk, CardBatch
from cards.models.card import Card
from cards.models.hand_over import HandOver
from cards.models.request import CardRequest
from cards.models.rules import CardRules

__all__ = ["BatchChunk", "Card", "CardBatch", "CardRequest", "CardRules", "HandOver"]
