"""The test card of a printer: lines at known places, to be measured on the card that comes out."""

from dataclasses import dataclass

from django.template.loader import render_to_string

from cards.card_design.boxes import Side
from cards.card_design.design_page import HEIGHT_MM, WIDTH_MM
from cards.printing.geometry import BLEED_MM, Adjustment
from cards.printing.imposition import isolated, pages_of
from core.fonts import TEXT, font
from core.pdf import render_pdf

# Where the lines stand that are measured: A and B from the card's left and upper edge; C and D between two.
FROM_EDGE_MM = 10.0
ACROSS_MM, DOWN_MM = 60.0, 30.0


@dataclass(frozen=True)
class Measured:
    """What a ruler says of a test card printed without adjustment, in millimetres."""

    from_left_mm: float
    from_top_mm: float
    across_mm: float
    down_mm: float

    def adjustment(self) -> Adjustment:
        """What brings every line to its place.

        A printer that stretches by k about the card's middle and moves by e prints p at m + (p - m)k + e. So
        the page is stretched by 1/k and moved by -e/k.
        """
        right, scale_x = _correction(self.from_left_mm, self.across_mm / ACROSS_MM, WIDTH_MM)
        down, scale_y = _correction(self.from_top_mm, self.down_mm / DOWN_MM, HEIGHT_MM)
        return Adjustment(round(right, 2), round(down, 2), round(scale_x, 4), round(scale_y, 4))


def _correction(from_edge: float, stretched: float, length: float) -> tuple[float, float]:
    middle = length / 2
    moved = from_edge - middle - (FROM_EDGE_MM - middle) * stretched
    return -moved / stretched, 1 / stretched


def ruler_card(*, name: str, adjustment: Adjustment) -> bytes:
    """Return the front and the back of a printer's test card, its values applied."""
    ticks = [_tick(mm) for mm in range(1, int(WIDTH_MM))]
    ticks_down = [_tick(mm) for mm in range(1, int(HEIGHT_MM))]
    html = render_to_string(
        "cards/pdf/rulers.html",
        {
            "name": isolated(name),
            "adjustment": adjustment,
            "sides": [side.value for side in Side],
            "ticks": ticks,
            "ticks_down": ticks_down,
            "bleed": BLEED_MM,
            "width": WIDTH_MM,
            "height": HEIGHT_MM,
        },
    )
    return pages_of(render_pdf(html, files={}, fonts=[font(TEXT, 400), font(TEXT, 600)]), adjustment)


def _tick(mm: int) -> tuple[int, float]:
    """A millimetre's mark and its length: longer at five, longer still at ten."""
    return mm, 3.2 if mm % 10 == 0 else 2.2 if mm % 5 == 0 else 1.4
