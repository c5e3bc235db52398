"""Hair that is seen: men's, and women's who wear it loose."""

import random

from registry.demo.portraits.canvas import Canvas, Point, lighter
from registry.demo.portraits.looks import Look

WOMENS_STYLES = ["long", "bob", "curls", "bun", "tail"]


def behind(canvas: Canvas, look: Look, style: str) -> None:
    """The part that hangs behind neck and shoulders."""
    cx, cy, rx = look.cx, look.cy, look.rx
    if style in ("long", "bob"):
        end = 345 if style == "long" else 272
        canvas.blob(
            [
                (cx, look.top - 18),
                (cx + rx + 16, cy - 40),
                (cx + rx + 24, cy + 50),
                (cx + rx + 20, end),
                (cx, end + 6),
                (cx - rx - 20, end),
                (cx - rx - 24, cy + 50),
                (cx - rx - 16, cy - 40),
            ],
            look.hair,
        )
    elif style == "curls":
        for dx, dy, size in (
            (0, -62, 40),
            (-40, -48, 36),
            (40, -48, 36),
            (-62, -10, 34),
            (62, -10, 34),
            (-66, 30, 32),
            (66, 30, 32),
            (-58, 66, 30),
            (58, 66, 30),
        ):
            canvas.disc(cx + dx, cy + dy, size, size, look.hair)
    else:
        canvas.disc(cx, cy - 22, rx + 11, look.ry * 0.86, look.hair)
        if style == "bun":
            canvas.disc(cx, look.top - 20, 27, 24, look.hair)
        else:
            canvas.blob(
                [(cx + 30, cy), (cx + 66, cy + 60), (cx + 74, 330), (cx + 50, 352), (cx + 34, 290)], look.hair
            )


def womens(canvas: Canvas, look: Look, style: str) -> None:
    """The part that frames the forehead."""
    cx, cy, rx = look.cx, look.cy, look.rx
    part = -14 if style in ("long", "tail") else 12
    if style == "curls":
        for dx, dy, size in ((-38, -54, 20), (-14, -64, 21), (14, -64, 21), (38, -54, 20)):
            canvas.disc(cx + dx, cy + dy, size, size, look.hair)
        return
    side = rx + (10 if style in ("long", "bob") else 5)
    low = cy + (36 if style in ("long", "bob") else -6)
    for way in (-1, 1):
        canvas.blob(
            [
                (cx + part, look.top - 12),
                (cx + way * side * 0.75, look.top + 4),
                (cx + way * side, cy - 30),
                (cx + way * side, low),
                (cx + way * (rx - 5), low - 4),
                (cx + way * (rx - 9), cy - 34),
                (cx + part, look.top + 14),
            ],
            look.hair,
        )
    canvas.curve([(cx + part, look.top - 8), (cx + part, look.top + 10)], lighter(look.hair, 0.18), 1.8)


def mens(canvas: Canvas, rng: random.Random, look: Look) -> None:
    styles = ["short", "side", "curls", "high", "receding", "bald"]
    bare = max(0, look.age - 34)
    style = rng.choices(styles, [40, 26, 16, 12, 4 + bare, bare * 0.5])[0]
    if style == "curls":
        for dx, dy in ((-50, -42), (-42, -60), (-22, -74), (0, -79), (22, -74), (42, -60), (50, -42)):
            canvas.disc(look.cx + dx, look.cy + dy, 19, 18, look.hair)
        canvas.blob(_cap(look, [(-38, 0.6), (0, 0.52), (38, 0.6)]), look.hair)
    elif style == "bald":
        temples(canvas, look)
    elif style == "receding":
        canvas.blob(_cap(look, [(-36, 0.8), (-14, 0.64), (14, 0.64), (36, 0.8)], height=5), look.hair)
    elif style == "high":
        canvas.blob(_cap(look, [(-44, 0.5), (-20, 0.6), (20, 0.6), (44, 0.5)], height=22), look.hair)
    elif style == "side":
        canvas.blob(_cap(look, [(-42, 0.42), (-20, 0.64), (20, 0.52), (44, 0.36)], height=14), look.hair)
    else:
        canvas.blob(_cap(look, [(-42, 0.48), (0, 0.58), (42, 0.48)], height=10), look.hair)


def temples(canvas: Canvas, look: Look) -> None:
    for side in (-1, 1):
        x = look.cx + side * look.rx
        canvas.blob(
            [
                (x + side * 3, look.cy - 26),
                (x + side * 3, look.cy),
                (x - side * 4, look.cy + 2),
                (x - side * 5, look.cy - 22),
            ],
            look.hair,
        )


def _cap(look: Look, line: list[tuple[float, float]], height: float = 12) -> list[Point]:
    """Hair from ear to ear; `line` is the hairline: across, and up as a share of half the face."""
    cx, cy, rx, ry = look.cx, look.cy, look.rx, look.ry
    return [
        (cx - rx - 3, cy - 2),
        (cx - rx - 4, cy - ry * 0.42),
        (cx - rx * 0.7, look.top + 4 - height * 0.5),
        (cx, look.top - height),
        (cx + rx * 0.7, look.top + 4 - height * 0.5),
        (cx + rx + 4, cy - ry * 0.42),
        (cx + rx + 3, cy - 2),
        (cx + rx - 6, cy - 14),
        *((cx + across, cy - ry * up) for across, up in reversed(line)),
        (cx - rx + 6, cy - 14),
    ]
