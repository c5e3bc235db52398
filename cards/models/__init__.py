from cards.models.batch import BatchChunk, CardBatch
from cards.models.card import Card
from cards.models.hand_over import HandOver

__all__ = ["BatchChunk", "Card", "CardBatch", "HandOver"]
