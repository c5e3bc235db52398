"""Standing columns along a line of time."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.charts.drawing import (
    GREEN,
    LINE,
    SMALL,
    SOFT,
    WIDTH,
    Direction,
    Drawing,
    nice_top,
    spaced,
)

HEIGHT, TOP, FOOT = 190, 16, 26
_LABELS = 6


@dataclass(frozen=True)
class Series:
    """Values in the order of the labels; None where there is nothing to show."""

    label: str
    values: Sequence[float | None]


def columns(
    name: str, title: str, description: str, labels: Sequence[str], series: Series, direction: Direction
) -> Drawing:
    top = nice_top(max([1, *(value or 0 for value in series.values)]))
    sheet = Drawing(name, title, description, HEIGHT, direction)
    draw_scale(sheet, top)
    step = WIDTH / max(len(labels), 1)
    for index, value in enumerate(series.values):
        height = (HEIGHT - TOP - FOOT) * (value or 0) / top
        sheet.box(index * step + step * 0.12, HEIGHT - FOOT - height, step * 0.76, height, fill=GREEN)
    draw_labels(sheet, labels)
    return sheet


def draw_scale(sheet: Drawing, top: int) -> None:
    """The ground line, and the lines of half and whole."""
    for part in (0, 0.5, 1):
        y = HEIGHT - FOOT - (HEIGHT - TOP - FOOT) * part
        look = {} if part == 0 else {"stroke_dasharray": "2 3", "stroke": LINE}
        sheet.line(0, y, WIDTH, y, **look)
        if part and top * part == int(top * part):
            sheet.text(0, y - 3, spaced(int(top * part)), size=SMALL, fill=SOFT)


def draw_labels(sheet: Drawing, labels: Sequence[str]) -> None:
    """As many labels as fit, the last one always among them."""
    step = WIDTH / max(len(labels), 1)
    every = -(-len(labels) // _LABELS)
    for index, label in enumerate(labels):
        if (len(labels) - 1 - index) % every:
            continue
        x = index * step + step / 2
        anchor = "start" if x < 28 else "end" if x > WIDTH - 28 else "middle"
        place = {"start": 0, "end": WIDTH}.get(anchor, x)
        sheet.text(place, HEIGHT - 8, label, anchor=anchor, size=SMALL, fill=SOFT)
