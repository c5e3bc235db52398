"""Where the holder's words stand on the card, in millimetres from its top left corner."""

from dataclasses import dataclass
from enum import StrEnum

INK, SOFT_INK = "#15231d", "#3c3a33"


class Align(StrEnum):
    """What `x_mm` means: the line's left end, its right end or its middle."""

    LEFT = "left"
    RIGHT = "right"
    CENTRE = "center"


class Side(StrEnum):
    FRONT = "front"
    BACK = "back"


@dataclass(frozen=True)
class Box:
    """One line of text: its place, and the sizes that it may take, in points.

    `two_lines` is the largest size at which it may stand in two lines, with `leading_mm` between them; 0
    where there is room for one only. `above` is the share of that by which the first of two rises.
    `figures` sets numbers in columns, left to right.
    """

    x_mm: float
    baseline_mm: float
    width_mm: float
    largest: float
    smallest: float
    weight: int = 400
    align: Align = Align.LEFT
    side: Side = Side.FRONT
    colour: str = INK
    two_lines: float = 0
    leading_mm: float = 0
    above: float = 0.5
    figures: bool = False

    @property
    def arabic(self) -> bool:
        return self.align is Align.RIGHT and not self.figures

    def baselines_mm(self, lines: int) -> list[float]:
        """Return where each line stands."""
        top = self.baseline_mm - self.leading_mm * self.above * (lines - 1)
        return [top + number * self.leading_mm for number in range(lines)]


_LEFT, _RIGHT = 28.4, 81.8
_WIDTH = _RIGHT - _LEFT
# Crafts begin after their label.
_LABEL = 6.6

BOXES = {
    "name_ar": Box(
        _RIGHT, 23.4, _WIDTH, 15, 7, weight=700, align=Align.RIGHT, two_lines=8.5, leading_mm=3.7, above=0.75
    ),
    "name_latin": Box(_LEFT, 29.1, _WIDTH, 9.5, 5.5, weight=600, two_lines=6.25, leading_mm=2.3, above=0.6),
    "craft_ar": Box(_RIGHT - _LABEL, 34.7, _WIDTH - _LABEL, 7.5, 5.5, weight=600, align=Align.RIGHT),
    "craft_fr": Box(_LEFT + _LABEL, 37.9, _WIDTH - _LABEL, 6.5, 4.75),
    "place_ar": Box(_RIGHT, 41.4, _WIDTH, 6.5, 5, align=Align.RIGHT),
    "place_fr": Box(_LEFT, 44.3, _WIDTH, 6, 4.5, colour=SOFT_INK),
    "nia": Box(_RIGHT, 51, 20.6, 7.25, 5.5, weight=600, align=Align.RIGHT, figures=True),
    "issued_on": Box(45.2, 51, 16, 7.25, 7, weight=600, figures=True),
    "valid_until": Box(_LEFT, 51, 16, 7.25, 7, weight=600, figures=True),
    "serial": Box(14.3, 51, 21, 5.5, 5, weight=600, align=Align.CENTRE, figures=True),
    "back_serial": Box(18.6, 41.6, 30, 8.5, 7, weight=600, align=Align.CENTRE, side=Side.BACK, figures=True),
}

# Left, top, width and height.
PHOTO = (3.8, 20.2, 21.0, 28.0)
QR = (4.1, 6.1, 29.0, 29.0)

# Words that all cards of a design share: where `card.css` sets them, at one size, and in how many lines.
_HEAD, _RIGHT_OF_CODE, _FOOT = 33, 44.8, 78
FIXED_WORDS = {
    "authority_ar": (Box(0, 0, _HEAD, 4.4, 4.4, align=Align.RIGHT), 2),
    "authority_fr": (Box(0, 0, _HEAD, 4, 4), 2),
    "chamber_ar": (Box(0, 0, _HEAD, 4.4, 4.4, weight=700, align=Align.RIGHT), 2),
    "chamber_fr": (Box(0, 0, _HEAD, 4, 4, weight=700), 2),
    "signatory_title_ar": (Box(0, 0, _RIGHT_OF_CODE, 5.2, 5.2, align=Align.RIGHT), 1),
    "signatory_title_fr": (Box(0, 0, _RIGHT_OF_CODE, 4.9, 4.9), 1),
    "signatory_name_ar": (Box(0, 0, _RIGHT_OF_CODE, 5.2, 5.2, weight=600, align=Align.RIGHT), 1),
    "signatory_name_fr": (Box(0, 0, _RIGHT_OF_CODE, 4.9, 4.9, weight=600), 1),
    "found_ar": (Box(0, 0, _FOOT, 5.4, 5.4, align=Align.RIGHT), 2),
    "found_fr": (Box(0, 0, _FOOT, 4.6, 4.6), 2),
}
