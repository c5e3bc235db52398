from cards.models.batch import BatchChunk, CardBatch
from cards.models.card import Card
from cards.models.design import DesignVersion, KindDesign
from cards.models.hand_over import HandOver, HandOverFailure, Proxy
from cards.models.notice import CardNotice, ReminderRun
from cards.models.printing import BatchFile, CardPrint, CardPrinter, PersonList, PrintReceipt
from cards.models.request import CardRequest
from cards.models.rules import CardRules
from cards.models.unusual import UnusualCheck

__all__ = [
    "BatchChunk",
    "BatchFile",
    "Card",
    "CardBatch",
    "CardNotice",
    "CardPrint",
    "CardPrinter",
    "CardRequest",
    "CardRules",
    "DesignVersion",
    "HandOver",
    "HandOverFailure",
    "KindDesign",
    "PersonList",
    "PrintReceipt",
    "Proxy",
    "ReminderRun",
    "UnusualCheck",
]
