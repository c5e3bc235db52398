"""A map of the twelve regions as tiles of one size, each about where it lies; a map is not mirrored."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.charts.drawing import LINE, PAPER, Direction, Drawing

# Column and row of each region's tile, from the north-west.
PLACES = {
    "01": (2, 0),
    "04": (1, 1),
    "03": (2, 1),
    "02": (3, 1),
    "06": (1, 2),
    "05": (2, 2),
    "08": (3, 2),
    "09": (0, 3),
    "07": (1, 3),
    "11": (0, 4),
    "10": (1, 4),
    "12": (0, 5),
}
_SIDE, _GAP, _COLUMNS, _ROWS = 88, 2, 4, 6
# The darker, the nearer to the target; ink is read on every one of them.
_SHADES = ((0, "#ffffff"), (25, "#e9f2ee"), (50, "#cfe5dc"), (75, "#b4d8ca"), (100, "#94c7b5"))
_LINE = 15


@dataclass(frozen=True)
class Tile:
    """A region's tile: `below` is what stands under the number; without `percent` it stays white."""

    name: str
    number: str
    below: str
    percent: float | None = None
    url: str = ""


def tiles(name: str, title: str, description: str, regions: Mapping[str, Tile]) -> Drawing:
    """A tile with an address is a link, so that the whole is a group to a screen reader, not one picture."""
    sheet = Drawing(
        name,
        title,
        description,
        _ROWS * (_SIDE + _GAP) + 2,
        Direction.LTR,
        _COLUMNS * (_SIDE + _GAP) + 2,
        role="group",
    )
    # In the order of the official codes, which is the order in which a keyboard goes through them.
    for code, tile in sorted(regions.items()):
        if code in PLACES:
            _draw(sheet, tile, *PLACES[code])
    return sheet


def _draw(sheet: Drawing, tile: Tile, column: int, row: int) -> None:
    x, y = column * (_SIDE + _GAP) + 2, row * (_SIDE + _GAP) + 2
    middle = x + (_SIDE - 2) / 2
    if tile.url:
        sheet.begin_link(tile.url, f"{tile.name}: {tile.number}, {tile.below}")
    sheet.box(x, y, _SIDE - 2, _SIDE - 2, rx=6, fill=_shade(tile.percent), stroke=LINE, stroke_width=1)
    for index, line in enumerate(_in_lines(tile.name)):
        sheet.text(middle, y + 16 + index * 12, line, anchor="middle", size=10)
    sheet.text(middle, y + 64, tile.number, anchor="middle", size=13, font_weight=600)
    sheet.text(middle, y + 78, tile.below, anchor="middle", size=10)
    if tile.url:
        sheet.end_link()


def _shade(percent: float | None) -> str:
    if percent is None:
        return PAPER
    return [shade for least, shade in _SHADES if percent >= least][-1]


def _in_lines(name: str) -> list[str]:
    """A region's name in at most three short lines."""
    lines = [""]
    for word in name.replace("-", "- ").split():
        glue = "" if lines[-1].endswith("-") or not lines[-1] else " "
        if len(lines[-1]) + len(glue) + len(word) > _LINE and lines[-1]:
            lines.append(word)
        else:
            lines[-1] += glue + word
    return lines[:3]
