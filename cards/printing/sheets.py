"""Sheets of A4 with ten cards, marks to cut along, and backs that come to lie behind their fronts."""

from collections.abc import Sequence

from django.template.loader import render_to_string

from cards.card_design.boxes import Side
from cards.enums import Duplex
from cards.printing.geometry import A4_MM, CARDS_A_SHEET, crop_marks, slot_of
from cards.printing.imposition import Placed, Source, isolated, on_sheets
from core.fonts import TEXT, font
from core.pdf import render_pdf


def sheets(
    source: Source,
    positions: Sequence[int],
    duplex: Duplex,
    *,
    title: str,
    first_sheet: int,
    sheets_total: int,
) -> bytes:
    """Return a front and a back for every ten cards; `title` and the sheet's number stand in the margin."""
    pages, captions = [], []
    for start in range(0, len(positions), CARDS_A_SHEET):
        ten = positions[start : start + CARDS_A_SHEET]
        for side in Side:
            pages.append(
                [
                    Placed(position, side, slot_of(number, side, duplex).matrix())
                    for number, position in enumerate(ten)
                ]
            )
            captions.append(
                {
                    "sheet": first_sheet + start // CARDS_A_SHEET,
                    "side": side.value,
                    "first": ten[0],
                    "last": ten[-1],
                }
            )
    ground = render_to_string(
        "cards/pdf/sheets.html",
        {
            "captions": captions,
            "title": isolated(title),
            "sheets": sheets_total,
            "marks": list(crop_marks()),
            "width": A4_MM[0],
            "height": A4_MM[1],
        },
    )
    return on_sheets(source, pages, render_pdf(ground, files={}, fonts=[font(TEXT, 400)]))
