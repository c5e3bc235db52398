"""The contact sheet: every front of a batch at half its size, to be looked through before printing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.translation import get_language_bidi

from cards.card_design.boxes import Side
from cards.card_design.design_page import HEIGHT_MM, WIDTH_MM
from cards.enums import Fitting
from cards.printing.geometry import A4_MM, Slot
from cards.printing.imposition import Placed, Source, isolated, on_sheets
from core.fonts import TEXT, font
from core.pdf import render_pdf

COLUMNS, ROWS = 4, 8
CARDS_A_SHEET = COLUMNS * ROWS
SCALE = 0.5
_WIDTH, _HEIGHT, _GAP = WIDTH_MM * SCALE, HEIGHT_MM * SCALE, 3.0
_CAPTION = 4.4
_LEFT = (A4_MM[0] - COLUMNS * _WIDTH - (COLUMNS - 1) * _GAP) / 2
_TOP = 21.0
_ROW = _HEIGHT + _CAPTION + 1.8


@dataclass(frozen=True)
class Shown:
    """What stands under a card: its place, and whether its texts fit."""

    position: int
    box: int
    slot: int
    fitting: str = Fitting.WHOLE


def contact_sheets(
    source: Source, cards: Sequence[Shown], *, title: str, first_sheet: int, sheets_total: int
) -> bytes:
    """Return a page for every 32 cards, in the order given; the captions' language is the active one."""
    starts = range(0, len(cards), CARDS_A_SHEET)
    pages = [list(_placed(cards[start : start + CARDS_A_SHEET])) for start in starts]
    captions = [
        {
            "number": first_sheet + number,
            "cards": [_caption(card) for card in cards[start:][:CARDS_A_SHEET]],
        }
        for number, start in enumerate(starts)
    ]
    corners = [(left, top + _HEIGHT + 0.8) for left, top in map(_corner, range(CARDS_A_SHEET))]
    ground = render_to_string(
        "cards/pdf/contact.html",
        {
            "sheets": captions,
            "title": isolated(title),
            "total": sheets_total,
            "corners": corners,
            "width": _WIDTH,
        },
    )
    return on_sheets(source, pages, render_pdf(ground, files={}, fonts=[font(TEXT, 400), font(TEXT, 600)]))


def _placed(cards: Iterable[Shown]) -> Iterable[Placed]:
    for number, card in enumerate(cards):
        left, top = _corner(number)
        yield Placed(card.position, Side.FRONT, Slot(left, top).matrix(scale=SCALE))


def _caption(card: Shown) -> dict:
    return {"card": card, "misfit": card.fitting == Fitting.CUT}


def _corner(number: int) -> tuple[float, float]:
    row, column = divmod(number, COLUMNS)
    if get_language_bidi():
        column = COLUMNS - 1 - column
    return _LEFT + column * (_WIDTH + _GAP), _TOP + row * _ROW
