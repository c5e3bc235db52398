"""The hand-over sheet of a box: who is to sign for which card, on the chamber's paper."""

from collections.abc import Sequence
from datetime import date

from cards.models import Card, CardBatch
from cards.rendering import plainly_written
from core.models import Chamber
from core.papers import render_paper

LANGUAGE = "ar"


def bordereau(
    batch: CardBatch, box: int, boxes: int, cards: Sequence[Card], *, chamber: Chamber, dated: date
) -> bytes:
    """Return the sheets of one box, a line a card: box, slot, name, NIA and room for a signature."""
    paper = render_paper(
        "cards/pdf/bordereau.html",
        chamber=chamber,
        dated=dated,
        language=LANGUAGE,
        signed=False,
        context={"batch": batch, "box": box, "boxes": boxes, "cards": cards},
    )
    return plainly_written(paper)
