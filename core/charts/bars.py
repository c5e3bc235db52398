"""Lying bars, one under the other: a label, a number, and a mark where the target is."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.charts.drawing import (
    GREEN,
    GREEN_TINT,
    INK,
    SMALL,
    SOFT,
    TERRACOTTA,
    WIDTH,
    Direction,
    Drawing,
    shortened,
    spaced,
)

_ROW, _BAR = 44, 13
_LONGEST_LABEL = 32


@dataclass(frozen=True)
class Bar:
    """`words` stands for the number where it says more: `27 926 · 161 %`; `target` draws the mark."""

    label: str
    number: int
    words: str = ""
    target: int | None = None


def bars(
    name: str,
    title: str,
    description: str,
    lines: Sequence[Bar],
    direction: Direction,
    *,
    target_words: str = "",
) -> Drawing:
    """`target_words` explains the mark beneath the bars, where one of them has a target."""
    most = max([1, *(bar.number for bar in lines), *(bar.target or 0 for bar in lines)])
    explained = bool(target_words) and any(bar.target for bar in lines)
    sheet = Drawing(name, title, description, len(lines) * _ROW + (26 if explained else 4), direction)
    for index, bar in enumerate(lines):
        top = index * _ROW
        sheet.text(0, top + 15, shortened(bar.label, _LONGEST_LABEL))
        sheet.text(WIDTH, top + 15, bar.words or spaced(bar.number), anchor="end", font_weight=600)
        sheet.box(0, top + 22, WIDTH, _BAR, fill=GREEN_TINT)
        sheet.box(0, top + 22, WIDTH * bar.number / most, _BAR, fill=GREEN)
        if bar.target:
            _mark(sheet, WIDTH * bar.target / most, top + 22)
    if explained:
        bottom = len(lines) * _ROW + 4
        _mark(sheet, 4, bottom)
        sheet.text(14, bottom + 11, target_words, size=SMALL, fill=SOFT)
    return sheet


def _mark(sheet: Drawing, x: float, y: float) -> None:
    """A line across the bar, edged in white so that it is seen on the bar's own colour."""
    x = min(max(x, 2), WIDTH - 2)
    sheet.line(x, y - 3, x, y + _BAR + 3, stroke="#ffffff", stroke_width=5)
    sheet.line(x, y - 3, x, y + _BAR + 3, stroke=TERRACOTTA, stroke_width=2.5)
    sheet.line(x - 3, y - 3, x + 3, y - 3, stroke=INK, stroke_width=1.5)
