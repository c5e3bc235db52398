"""What to look at before printing: names and crafts that shrink, or do not fit at all."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cards.card_design.face import CardFace
from cards.card_design.fitting import Overflow, overflow
from cards.enums import Fitting
from cards.faces import words_in, words_of
from cards.models import Card

_LABELS: dict[str, str | Promise] = {
    "name_ar": _("Name in Arabic"),
    "name_latin": _("Name in Latin letters"),
    "craft_ar": _("Craft in Arabic"),
    "craft_fr": _("Craft in French"),
    "place_ar": _("Place in Arabic"),
    "place_fr": _("Place in French"),
    "nia": _("Registration number (NIA)"),
}
# Of these a smaller size is told too; a place is no longer the holder's own, and only its cutting matters.
_OWN = frozenset({"name_ar", "name_latin", "craft_ar", "craft_fr"})


@dataclass(frozen=True)
class Found:
    """One text of one card; `percent` is how much of its full size is left."""

    card: Card
    label: str | Promise
    text: str
    percent: int
    lines: int
    fits: bool
    missing: str


def overflow_report(cards: Iterable[Card]) -> list[Found]:
    """Every text of these cards that is cut, lacks letters, shrinks or breaks in two; the worst first."""
    found = [_found(card, text) for card in cards for text in _told(words_of(card))]
    return sorted(found, key=lambda item: (item.fits, item.percent, item.card.position))


def fitting_of(face: Mapping) -> Fitting:
    """How the texts of a card fit, from its words as the card keeps them."""
    told = _told(words_in(face))
    if not all(text.fits for text in told):
        return Fitting.CUT
    return Fitting.SHRUNK if told else Fitting.WHOLE


def _told(face: CardFace) -> list[Overflow]:
    return [
        text for text in overflow(face) if text.field in _LABELS and (text.field in _OWN or not text.fits)
    ]


def _found(card: Card, text: Overflow) -> Found:
    return Found(
        card=card,
        label=_LABELS[text.field],
        text=text.text,
        percent=round(100 * text.size / text.largest),
        lines=text.lines,
        fits=text.fits,
        missing=text.missing,
    )
