"""Flat shapes with smooth edges: drawn twice too large with Pillow, then made smaller."""

import io
from collections.abc import Sequence
from math import cos, pi, sin

from PIL import Image, ImageDraw

Colour = tuple[int, int, int]
Point = tuple[float, float]

WIDTH, HEIGHT = 300, 400
_STEPS = 6
# Drawn this much too large, then made smaller.
_OVERSIZE = 2
# The figure is drawn to fit whole, and shown as near as a photograph for a card.
_ZOOM = 1.16
_SCALE = _OVERSIZE * _ZOOM
_LEFT, _TOP = WIDTH / 2 * _OVERSIZE * (_ZOOM - 1), 190 * _OVERSIZE * (_ZOOM - 1)
JPEG_QUALITY = 82


def rgb(code: str) -> Colour:
    """`#0b5d4a` as numbers."""
    return int(code[1:3], 16), int(code[3:5], 16), int(code[5:7], 16)


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """`one` with a share (0 to 1) of `other` in it."""
    return tuple(round(a + (b - a) * share) for a, b in zip(one, other, strict=True))


def darker(colour: Colour, share: float = 0.15) -> Colour:
    return mix(colour, (30, 20, 15), share)


def lighter(colour: Colour, share: float = 0.2) -> Colour:
    return mix(colour, (255, 250, 240), share)


class Canvas:
    """A sheet of 300 by 400 units; every measure below is in these units."""

    def __init__(self, ground: Colour) -> None:
        self._image = Image.new("RGB", (WIDTH * _OVERSIZE, HEIGHT * _OVERSIZE), ground)
        self._draw = ImageDraw.Draw(self._image)

    def disc(self, x: float, y: float, rx: float, ry: float, fill: Colour) -> None:
        self._draw.ellipse([_placed(x - rx, y - ry), _placed(x + rx, y + ry)], fill=fill)

    def ring(self, x: float, y: float, rx: float, ry: float, colour: Colour, width: float) -> None:
        box = [_placed(x - rx, y - ry), _placed(x + rx, y + ry)]
        self._draw.ellipse(box, outline=colour, width=round(width * _SCALE))

    def arc(
        self, x: float, y: float, rx: float, ry: float, start: float, end: float, colour: Colour, width: float
    ) -> None:
        """A stroke along an ellipse, from one angle to another in degrees, clockwise from three o'clock."""
        count = 12
        angles = [(start + (end - start) * step / count) * pi / 180 for step in range(count + 1)]
        self.stroke([(x + rx * cos(angle), y + ry * sin(angle)) for angle in angles], colour, width)

    def stroke(self, points: Sequence[Point], colour: Colour, width: float) -> None:
        """A line with round ends."""
        scaled = [_placed(x, y) for x, y in points]
        self._draw.line(scaled, fill=colour, width=max(1, round(width * _SCALE)), joint="curve")
        radius = width * _SCALE / 2
        for x, y in (scaled[0], scaled[-1]):
            self._draw.ellipse([x - radius, y - radius, x + radius, y + radius], fill=colour)

    def curve(self, points: Sequence[Point], colour: Colour, width: float) -> None:
        """A line that bends smoothly through the points."""
        self.stroke(_smooth([points[0], *points, points[-1]]), colour, width)

    def blob(self, points: Sequence[Point], fill: Colour) -> None:
        """A closed shape that bends smoothly through the points."""
        ring = [points[-1], *points, points[0], points[1]]
        self._draw.polygon([_placed(x, y) for x, y in _smooth(ring)], fill=fill)

    def polygon(self, points: Sequence[Point], fill: Colour) -> None:
        self._draw.polygon([_placed(x, y) for x, y in points], fill=fill)

    def jpeg(self) -> bytes:
        out = io.BytesIO()
        self._image.reduce(_OVERSIZE).save(out, "JPEG", quality=JPEG_QUALITY)
        return out.getvalue()


def _placed(x: float, y: float) -> Point:
    return x * _SCALE - _LEFT, y * _SCALE - _TOP


def _smooth(points: Sequence[Point]) -> list[Point]:
    """A Catmull-Rom curve through all points but the first and the last, which only give direction."""
    path = []
    for (x0, y0), (x1, y1), (x2, y2), (x3, y3) in zip(
        points, points[1:], points[2:], points[3:], strict=False
    ):
        for step in range(_STEPS):
            t = step / _STEPS
            a, b, c, d = (
                -t + 2 * t * t - t * t * t,
                2 - 5 * t * t + 3 * t * t * t,
                t + 4 * t * t - 3 * t * t * t,
                -t * t + t * t * t,
            )
            path.append(((a * x0 + b * x1 + c * x2 + d * x3) / 2, (a * y0 + b * y1 + c * y2 + d * y3) / 2))
    path.append(points[-2])
    return path
