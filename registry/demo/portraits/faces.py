"""Head, eyes, nose, mouth, beard and spectacles."""

import random

from registry.demo.portraits.canvas import Canvas, darker, lighter, mix, rgb
from registry.demo.portraits.looks import Look

IRISES = [rgb(code) for code in ("#2b1a12", "#3a2416", "#4b3219", "#59442a", "#4c5a3a")]
LIPS = rgb("#a8483f")


def head(canvas: Canvas, look: Look, *, ears: bool) -> None:
    if ears:
        for side in (-1, 1):
            x = look.cx + side * (look.rx + 1)
            canvas.disc(x, look.cy + 6, 10, 17, look.skin)
            canvas.disc(x + side, look.cy + 6, 5, 10, look.shade)
    rx, ry, cx, cy = look.rx, look.ry, look.cx, look.cy
    jaw = 0.66 if look.woman else 0.74
    canvas.blob(
        [
            (cx, cy - ry),
            (cx + rx * 0.78, cy - ry * 0.68),
            (cx + rx, cy - ry * 0.05),
            (cx + rx * 0.93, cy + ry * 0.4),
            (cx + rx * jaw, cy + ry * 0.74),
            (cx + rx * 0.26, cy + ry),
            (cx - rx * 0.26, cy + ry),
            (cx - rx * jaw, cy + ry * 0.74),
            (cx - rx * 0.93, cy + ry * 0.4),
            (cx - rx, cy - ry * 0.05),
            (cx - rx * 0.78, cy - ry * 0.68),
        ],
        look.skin,
    )


def features(canvas: Canvas, rng: random.Random, look: Look) -> None:
    """Everything on the face; the smile is always there."""
    gap = look.rx * rng.uniform(0.4, 0.46)
    eye_y = look.cy - rng.uniform(2, 6)
    blush = mix(look.skin, rgb("#d9604a"), 0.28 if look.woman else 0.14)
    for side in (-1, 1):
        canvas.disc(look.cx + side * look.rx * 0.6, look.cy + 25, 11, 7.5, blush)
    _eyes(canvas, rng, look, gap, eye_y)
    _nose(canvas, rng, look)
    _mouth(canvas, rng, look)
    if look.age >= 50:
        _lines(canvas, look, gap, eye_y)
    if rng.random() < 0.14 + max(0, look.age - 38) * 0.008:
        _spectacles(canvas, rng, look, gap, eye_y)


def beard(canvas: Canvas, rng: random.Random, look: Look) -> None:
    kind = rng.choices(["none", "moustache", "stubble", "short", "goatee", "full"], [30, 20, 16, 18, 6, 8])[0]
    cx, cy, rx, ry = look.cx, look.cy, look.rx, look.ry
    if kind in ("short", "full", "stubble"):
        colour = mix(look.skin, look.hair, 0.3) if kind == "stubble" else mix(look.skin, look.hair, 0.9)
        below = {"stubble": 1, "short": 5, "full": 16}[kind]
        canvas.blob(
            [
                (cx - rx + 1, cy + 4),
                (cx - rx * 0.97, cy + ry * 0.42),
                (cx - rx * 0.72, cy + ry * 0.8),
                (cx - rx * 0.3, look.chin + below),
                (cx + rx * 0.3, look.chin + below),
                (cx + rx * 0.72, cy + ry * 0.8),
                (cx + rx * 0.97, cy + ry * 0.42),
                (cx + rx - 1, cy + 4),
                (cx + rx * 0.74, cy + ry * 0.34),
                (cx + rx * 0.36, cy + ry * 0.36),
                (cx, cy + ry * 0.33),
                (cx - rx * 0.36, cy + ry * 0.36),
                (cx - rx * 0.74, cy + ry * 0.34),
            ],
            colour,
        )
        canvas.blob(
            [
                (cx - 21, cy + ry * 0.5),
                (cx, cy + ry * 0.47),
                (cx + 21, cy + ry * 0.5),
                (cx + 13, cy + ry * 0.67),
                (cx - 13, cy + ry * 0.67),
            ],
            look.skin,
        )
    if kind == "goatee":
        canvas.blob(
            [
                (cx - 17, look.chin - 16),
                (cx + 17, look.chin - 16),
                (cx + 9, look.chin + 7),
                (cx - 9, look.chin + 7),
            ],
            look.hair,
        )
    if kind in ("moustache", "goatee"):
        y = cy + ry * 0.41
        canvas.blob(
            [
                (cx, y - 4),
                (cx + 14, y - 2),
                (cx + 27, y + 8),
                (cx + 12, y + 6),
                (cx, y + 4),
                (cx - 12, y + 6),
                (cx - 27, y + 8),
                (cx - 14, y - 2),
            ],
            look.hair,
        )


def _eyes(canvas: Canvas, rng: random.Random, look: Look, gap: float, y: float) -> None:
    iris = rng.choice(IRISES)
    brow = mix(look.hair, rgb("#2a1e18"), 0.35)
    thick = rng.uniform(2.6, 3.6) if look.woman else rng.uniform(3.6, 4.8)
    lift = rng.uniform(2, 6)
    closed = rng.random() < 0.07
    for side in (-1, 1):
        x = look.cx + side * gap
        # Higher at the inner end: the other way round looks cross.
        canvas.curve(
            [(x - side * 14, y - 20), (x + side, y - 21 - lift), (x + side * 15, y - 16)], brow, thick
        )
        if closed:
            # Laughing eyes.
            canvas.curve([(x - 10, y + 2), (x, y - 4), (x + 10, y + 2)], darker(look.hair, 0.4), 3.4)
            continue
        canvas.disc(x, y, 10.5, 7, rgb("#fbf7f1"))
        canvas.disc(x, y, 6, 6.4, iris)
        canvas.disc(x, y, 3, 3.2, rgb("#140d0a"))
        canvas.disc(x + 2.2, y - 2.4, 1.6, 1.6, rgb("#ffffff"))
        canvas.arc(x, y + 0.5, 11, 8, 195, 345, rgb("#2a1b14"), 3.2 if look.woman else 2.2)
        if look.woman:
            canvas.stroke([(x + side * 10, y - 2), (x + side * 14.5, y - 6)], rgb("#2a1b14"), 2.4)


def _nose(canvas: Canvas, rng: random.Random, look: Look) -> None:
    y = look.cy + look.ry * 0.27
    half = rng.uniform(8, 10) if look.woman else rng.uniform(9, 13)
    if rng.random() < 0.5:
        canvas.curve([(look.cx - half, y - 3), (look.cx, y + 4), (look.cx + half, y - 3)], look.shade, 3.4)
    else:
        canvas.curve(
            [(look.cx + 3, y - 24), (look.cx + half, y - 3), (look.cx, y + 3), (look.cx - 6, y)],
            look.shade,
            3.2,
        )


def _mouth(canvas: Canvas, rng: random.Random, look: Look) -> None:
    y = look.cy + look.ry * 0.53
    half = rng.uniform(15, 20)
    lips = mix(look.skin, LIPS, 0.75 if look.woman else 0.5)
    lips = darker(lips, 0.15) if sum(look.skin) < 360 else lips
    kind = rng.random()
    if kind < 0.3:
        canvas.blob(
            [
                (look.cx - half, y - 2),
                (look.cx, y + 1),
                (look.cx + half, y - 2),
                (look.cx + 9, y + 9),
                (look.cx - 9, y + 9),
            ],
            lips,
        )
        canvas.blob(
            [
                (look.cx - half + 4, y),
                (look.cx, y + 2),
                (look.cx + half - 4, y),
                (look.cx + 8, y + 5),
                (look.cx - 8, y + 5),
            ],
            rgb("#fbf7f1"),
        )
    else:
        depth = rng.uniform(4, 8)
        canvas.curve([(look.cx - half, y - 1), (look.cx, y + depth), (look.cx + half, y - 1)], lips, 4)


def _lines(canvas: Canvas, look: Look, gap: float, eye_y: float) -> None:
    line = mix(look.skin, look.shade, 0.75)
    for side in (-1, 1):
        x = look.cx + side * (gap + 15)
        canvas.stroke([(x, eye_y + 3), (x + side * 7, eye_y + 1)], line, 2)
        canvas.stroke([(x, eye_y + 7), (x + side * 6, eye_y + 9)], line, 2)
        if look.age >= 58:
            fold = look.cx + side * 24
            canvas.curve(
                [(fold - side * 5, look.cy + 26), (fold, look.cy + 34), (fold + side, look.cy + 42)], line, 2
            )


def _spectacles(canvas: Canvas, rng: random.Random, look: Look, gap: float, y: float) -> None:
    colour = rng.choice([rgb("#2b2422"), rgb("#5a3a24"), rgb("#8a6a2a"), rgb("#3f4f58")])
    rx, ry = (16, 14) if rng.random() < 0.5 else (18, 13)
    for side in (-1, 1):
        x = look.cx + side * (gap + 1)
        canvas.ring(x, y + 1, rx, ry, colour, 3)
        canvas.stroke([(x + side * rx, y - 1), (look.cx + side * (look.rx - 1), y - 4)], colour, 3)
        canvas.stroke([(x - 7, y - 4), (x - 3, y - 8)], lighter(look.skin, 0.7), 1.6)
    canvas.arc(look.cx, y + 1, max(2.0, gap + 1 - rx), 5, 200, 340, colour, 3)
