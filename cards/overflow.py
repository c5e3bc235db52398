"""What to look at before printing: names and crafts that shrink, or do not fit at all."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cards.card_design.fitting import Overflow, overflow
from cards.faces import words_of
from cards.models import Card, CardBatch

# Below this share of the full size a text is worth a look.
NOTICEABLE = 0.8
_LABELS: dict[str, str | Promise] = {
    "name_ar": _("Name in Arabic"),
    "name_latin": _("Name in Latin letters"),
    "craft_ar": _("Craft in Arabic"),
    "craft_fr": _("Craft in French"),
    "place_ar": _("Place in Arabic"),
    "place_fr": _("Place in French"),
    "nia": _("Registration number (NIA)"),
}


@dataclass(frozen=True)
class Found:
    """One text of one card; `percent` is how much of its full size is left."""

    card: Card
    label: str | Promise
    text: str
    percent: int
    fits: bool
    missing: str


def overflow_report(batch: CardBatch) -> list[Found]:
    """Every text of the batch that is cut, lacks letters or shrinks noticeably; the worst first."""
    cards = batch.cards.in_print_order().only("face", "serial", "position", "registrant_id", "batch_id")
    found = [_found(card, text) for card in cards for text in overflow(words_of(card)) if _matters(text)]
    return sorted(found, key=lambda item: (item.fits, item.percent, item.card.position))


def _matters(text: Overflow) -> bool:
    return text.field in _LABELS and (not text.fits or text.size < text.largest * NOTICEABLE)


def _found(card: Card, text: Overflow) -> Found:
    return Found(
        card=card,
        label=_LABELS[text.field],
        text=text.text,
        percent=round(100 * text.size / text.largest),
        fits=text.fits,
        missing=text.missing,
    )
