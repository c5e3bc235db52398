"""A pyramid of ages: one side a gender, the oldest on top."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.charts.drawing import GREEN, SMALL, TERRACOTTA, WIDTH, Direction, Drawing, spaced

_ROW, _BAR, _HEAD, _MIDDLE = 38, 14, 26, WIDTH / 2


@dataclass(frozen=True)
class Step:
    label: str
    first: int
    second: int


def pyramid(
    name: str,
    title: str,
    description: str,
    steps: Sequence[Step],
    sides: tuple[str, str],
    direction: Direction,
) -> Drawing:
    """`sides` names the two halves in the order of reading; the first is hatched, the second full."""
    most = max([1, *(step.first for step in steps), *(step.second for step in steps)])
    sheet = Drawing(name, title, description, _HEAD + len(steps) * _ROW, direction)
    hatched = sheet.hatch()
    sheet.box(0, 3, 11, 11, fill=hatched, stroke=TERRACOTTA)
    sheet.text(17, 13, sides[0], font_weight=600)
    sheet.box(WIDTH - 11, 3, 11, 11, fill=GREEN)
    sheet.text(WIDTH - 17, 13, sides[1], anchor="end", font_weight=600)
    for index, step in enumerate(steps):
        top = _HEAD + index * _ROW
        first, second = (_MIDDLE - 1) * step.first / most, (_MIDDLE - 1) * step.second / most
        sheet.text(0, top + 12, spaced(step.first), size=SMALL)
        sheet.text(_MIDDLE, top + 12, step.label, anchor="middle", size=SMALL)
        sheet.text(WIDTH, top + 12, spaced(step.second), anchor="end", size=SMALL)
        sheet.box(_MIDDLE - 1 - first, top + 17, first, _BAR, fill=hatched, stroke=TERRACOTTA)
        sheet.box(_MIDDLE + 1, top + 17, second, _BAR, fill=GREEN)
    return sheet
