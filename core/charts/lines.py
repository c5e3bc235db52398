"""Two lines along time: one drawn through, one dashed, each named beneath."""

from collections.abc import Sequence

from core.charts.columns import FOOT, HEIGHT, TOP, Series, draw_labels, draw_scale
from core.charts.drawing import GREEN, PAPER, SMALL, TERRACOTTA, WIDTH, Direction, Drawing, nice_top

_LOOKS = ({"stroke": GREEN}, {"stroke": TERRACOTTA, "stroke_dasharray": "5 3"})


def lines(
    name: str,
    title: str,
    description: str,
    labels: Sequence[str],
    series: Sequence[Series],
    direction: Direction,
) -> Drawing:
    """At most two series: there are two looks that are told apart without colours."""
    values = [value for one in series for value in one.values if value is not None]
    top = nice_top(max([1, *values]))
    sheet = Drawing(name, title, description, HEIGHT + 20 * len(series), direction)
    draw_scale(sheet, top)
    step = WIDTH / max(len(labels), 1)
    for number, (one, look) in enumerate(zip(series, _LOOKS, strict=False)):
        points = [
            (index * step + step / 2, HEIGHT - FOOT - (HEIGHT - TOP - FOOT) * value / top)
            for index, value in enumerate(one.values)
            if value is not None
        ]
        sheet.path(points, stroke_width=2, **look)
        for x, y in points:
            _point(sheet, number, x, y)
        y = HEIGHT + 20 * number + 8
        sheet.line(2, y, 26, y, **(look | {"stroke_width": 2}))
        _point(sheet, number, 14, y)
        sheet.text(34, y + 4, one.label, size=SMALL)
    draw_labels(sheet, labels)
    return sheet


def _point(sheet: Drawing, number: int, x: float, y: float) -> None:
    """A full dot for the first line, a hollow one for the second."""
    if number == 0:
        sheet.dot(x, y, 3, fill=GREEN)
    else:
        sheet.dot(x, y, 3, fill=PAPER, stroke=TERRACOTTA, stroke_width=1.5)
