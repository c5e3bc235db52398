"""Where cards lie on sheets of A4, and how a printer's page is moved: millimetres from the top left."""

from collections.abc import Iterator
from dataclasses import dataclass

from cards.card_design.boxes import Side
from cards.card_design.design_page import HEIGHT_MM, WIDTH_MM
from cards.enums import Duplex

POINTS_A_MM = 72 / 25.4
BLEED_MM = 0.5
A4_MM = (210.0, 297.0)
COLUMNS, ROWS = 2, 5
CARDS_A_SHEET = COLUMNS * ROWS
# Room for both neighbours' bleed and a blade between them.
GAP_MM = 2.0
LEFT_MM = (A4_MM[0] - COLUMNS * WIDTH_MM - (COLUMNS - 1) * GAP_MM) / 2
TOP_MM = (A4_MM[1] - ROWS * HEIGHT_MM - (ROWS - 1) * GAP_MM) / 2
# Marks begin where the bleed has ended, and end before a desktop printer's blind edge.
MARK_FROM_MM, MARK_MM = 1.2, 4.0

Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True)
class Slot:
    """A card's trimmed corner on a sheet; `upside_down` turns it by half."""

    left_mm: float
    top_mm: float
    upside_down: bool = False

    def matrix(self, *, scale: float = 1, page_height_mm: float = A4_MM[1]) -> Matrix:
        """What takes a card, drawn from its trimmed lower left corner, to its place; in points."""
        bottom = page_height_mm - self.top_mm - HEIGHT_MM * scale
        if self.upside_down:
            right, top = self.left_mm + WIDTH_MM * scale, bottom + HEIGHT_MM * scale
            return (-scale, 0, 0, -scale, right * POINTS_A_MM, top * POINTS_A_MM)
        return (scale, 0, 0, scale, self.left_mm * POINTS_A_MM, bottom * POINTS_A_MM)


def slot_of(number: int, side: Side, duplex: Duplex) -> Slot:
    """Where the nth card of a sheet lies, so that its back comes to lie behind its front.

    Turned over its long edge a sheet's columns change places; over its short edge its rows do, and what was
    up is down: there backs stand on their heads.
    """
    row, column = divmod(number, COLUMNS)
    upside_down = False
    if side is Side.BACK and duplex == Duplex.LONG_EDGE:
        column = COLUMNS - 1 - column
    elif side is Side.BACK:
        row, upside_down = ROWS - 1 - row, True
    return Slot(
        LEFT_MM + column * (WIDTH_MM + GAP_MM), TOP_MM + row * (HEIGHT_MM + GAP_MM), upside_down=upside_down
    )


def crop_marks() -> Iterator[tuple[float, float, float, float]]:
    """Lines in the margins (x, y, x, y) that say where every card is cut."""
    right, bottom = A4_MM[0] - LEFT_MM, A4_MM[1] - TOP_MM
    for column in range(COLUMNS):
        for x in _edges(LEFT_MM + column * (WIDTH_MM + GAP_MM), WIDTH_MM):
            yield x, TOP_MM - MARK_FROM_MM - MARK_MM, x, TOP_MM - MARK_FROM_MM
            yield x, bottom + MARK_FROM_MM, x, bottom + MARK_FROM_MM + MARK_MM
    for row in range(ROWS):
        for y in _edges(TOP_MM + row * (HEIGHT_MM + GAP_MM), HEIGHT_MM):
            yield LEFT_MM - MARK_FROM_MM - MARK_MM, y, LEFT_MM - MARK_FROM_MM, y
            yield right + MARK_FROM_MM, y, right + MARK_FROM_MM + MARK_MM, y


def _edges(start: float, length: float) -> tuple[float, float]:
    return start, start + length


@dataclass(frozen=True)
class Adjustment:
    """How a printer's page is moved so that what it prints stands where it is meant to.

    `right_mm` and `down_mm` move it, `scale_x` and `scale_y` stretch it about the card's middle.
    """

    right_mm: float = 0
    down_mm: float = 0
    scale_x: float = 1
    scale_y: float = 1
    back_upside_down: bool = False
    bleed: bool = True

    def matrix(self, side: Side) -> Matrix:
        """What takes a card to its place on its own page, from its trimmed lower left corner; in points."""
        x_mm = self.right_mm + WIDTH_MM * (1 - self.scale_x) / 2
        y_mm = -self.down_mm + HEIGHT_MM * (1 - self.scale_y) / 2
        if side is Side.BACK and self.back_upside_down:
            x_mm, y_mm = x_mm + WIDTH_MM * self.scale_x, y_mm + HEIGHT_MM * self.scale_y
            return (-self.scale_x, 0, 0, -self.scale_y, x_mm * POINTS_A_MM, y_mm * POINTS_A_MM)
        return (self.scale_x, 0, 0, self.scale_y, x_mm * POINTS_A_MM, y_mm * POINTS_A_MM)
