"""What covers the head: headscarf and melhfa, turban, cap and tarbouche."""

import random
from collections.abc import Callable

from registry.demo.portraits import faces
from registry.demo.portraits.canvas import Canvas, darker, lighter, mix, rgb
from registry.demo.portraits.looks import Look

TURBANS = [rgb(code) for code in ("#f0ece2", "#23324a", "#1f2224", "#e0b04a", "#d8c7a6", "#2f4f6f")]
CAPS = [rgb(code) for code in ("#f0ece2", "#8c7a5b", "#33413f", "#0b5d4a", "#7a3b2e", "#c9a25c")]


def drape(canvas: Canvas, rng: random.Random, look: Look, *, wide: bool) -> None:
    """A scarf around head and neck, with the face in it; `wide` falls over the shoulders too."""
    cx, cy, rx = look.cx, look.cy, look.rx
    scarf, fold = look.scarf, darker(look.scarf, 0.17)
    out = rx + rng.uniform(15, 21)
    if wide:
        canvas.blob(
            [
                (cx, look.top - 28),
                (cx + out, cy - 52),
                (cx + out + 14, cy + 50),
                (cx + 112, 330),
                (cx + 134, 430),
                (cx - 134, 430),
                (cx - 112, 330),
                (cx - out - 14, cy + 50),
                (cx - out, cy - 52),
            ],
            scarf,
        )
        motif = mix(scarf, look.trim, 0.4)
        for x, y in ((62, 372), (92, 392), (212, 388), (240, 366), (120, 356), (182, 362)):
            canvas.disc(x, y, 7, 7, motif)
            canvas.disc(x, y, 3, 3, scarf)
    else:
        canvas.blob(
            [
                (cx, look.top - 24),
                (cx + out * 0.82, look.top + 6),
                (cx + out, cy),
                (cx + out - 4, cy + 66),
                (cx + 62, 306),
                (cx + 30, 330),
                (cx - 30, 330),
                (cx - 62, 306),
                (cx - out + 4, cy + 66),
                (cx - out, cy),
                (cx - out * 0.82, look.top + 6),
            ],
            scarf,
        )
    way = rng.choice((-1, 1))
    canvas.curve(
        [(cx - way * 46, look.chin + 8), (cx, look.chin + 26), (cx + way * 58, look.chin - 10)], fold, 3
    )
    canvas.curve(
        [(cx - way * 52, look.chin + 28), (cx + way * 6, look.chin + 48), (cx + way * 66, look.chin + 14)],
        fold,
        3,
    )
    faces.head(canvas, look, ears=False)
    _edge(canvas, rng, look)


def _edge(canvas: Canvas, rng: random.Random, look: Look) -> None:
    """The scarf's edge over forehead and temples; often with the band worn beneath it."""
    cx, cy, rx, ry = look.cx, look.cy, look.rx, look.ry
    low = look.top + rng.uniform(17, 25)
    if rng.random() < 0.55:
        band = lighter(look.scarf, 0.45) if sum(look.scarf) < 420 else darker(look.scarf, 0.35)
        canvas.blob(
            [
                (cx - rx + 1, cy - 8),
                (cx - rx * 0.8, cy - ry * 0.62),
                (cx, look.top - 6),
                (cx + rx * 0.8, cy - ry * 0.62),
                (cx + rx - 1, cy - 8),
                (cx + rx * 0.62, low + 19),
                (cx, low + 8),
                (cx - rx * 0.62, low + 19),
            ],
            band,
        )
    canvas.blob(
        [
            (cx - rx - 3, cy + 14),
            (cx - rx - 3, cy - 40),
            (cx, look.top - 14),
            (cx + rx + 3, cy - 40),
            (cx + rx + 3, cy + 14),
            (cx + rx * 0.84, cy - 18),
            (cx + rx * 0.56, low + 10),
            (cx, low),
            (cx - rx * 0.56, low + 10),
            (cx - rx * 0.84, cy - 18),
        ],
        look.scarf,
    )
    for side in (-1, 1):
        canvas.blob(
            [
                (cx + side * (rx + 4), cy),
                (cx + side * (rx - 4), cy + ry * 0.3),
                (cx + side * rx * 0.66, cy + ry * 0.82),
                (cx + side * rx * 0.2, look.chin + 3),
                (cx + side * rx * 0.5, look.chin + 16),
                (cx + side * (rx + 10), cy + ry * 0.6),
            ],
            look.scarf,
        )


def turban(canvas: Canvas, rng: random.Random, look: Look) -> None:
    colour = rng.choice(TURBANS[:1] if not look.saharan and rng.random() < 0.5 else TURBANS)
    fold = darker(colour, 0.16) if sum(colour) > 250 else lighter(colour, 0.22)
    cx, cy, rx = look.cx, look.cy, look.rx
    canvas.blob(
        [
            (cx - rx - 10, cy - 26),
            (cx - rx - 12, cy - 62),
            (cx - 34, look.top - 26),
            (cx + 34, look.top - 26),
            (cx + rx + 12, cy - 62),
            (cx + rx + 10, cy - 26),
            (cx + 30, cy - 38),
            (cx - 30, cy - 38),
        ],
        colour,
    )
    for step in range(3):
        rise = step * 13
        canvas.curve(
            [(cx - rx - 8, cy - 38 - rise), (cx - 6, cy - 58 - rise), (cx + rx + 7, cy - 50 - rise)],
            fold,
            2.8,
        )
    canvas.curve([(cx - rx - 6, cy - 66), (cx + 8, cy - 50), (cx + rx + 8, cy - 34)], fold, 2.8)
    if look.saharan and rng.random() < 0.6:
        canvas.blob(
            [(cx - 62, 288), (cx, 300), (cx + 62, 288), (cx + 70, 312), (cx, 336), (cx - 70, 312)], colour
        )
        canvas.curve([(cx - 58, 300), (cx, 316), (cx + 60, 302)], fold, 2.8)


def cap(canvas: Canvas, rng: random.Random, look: Look) -> None:
    """The knitted cap (taguia)."""
    colour = rng.choice(CAPS)
    cx, cy, rx, ry = look.cx, look.cy, look.rx, look.ry
    canvas.blob(
        [
            (cx - rx - 3, cy - ry * 0.44),
            (cx - rx * 0.88, look.top + 2),
            (cx, look.top - 17),
            (cx + rx * 0.88, look.top + 2),
            (cx + rx + 3, cy - ry * 0.44),
            (cx, cy - ry * 0.56),
        ],
        colour,
    )
    edge = darker(colour, 0.22) if sum(colour) > 300 else lighter(colour, 0.3)
    canvas.curve([(cx - rx - 1, cy - ry * 0.47), (cx, cy - ry * 0.6), (cx + rx + 1, cy - ry * 0.47)], edge, 4)
    canvas.curve([(cx - rx + 3, cy - ry * 0.66), (cx, cy - ry * 0.8), (cx + rx - 3, cy - ry * 0.66)], edge, 2)


def tarbouche(canvas: Canvas, rng: random.Random, look: Look) -> None:
    red = rgb("#9c2f2a")
    cx, cy, rx, ry = look.cx, look.cy, look.rx, look.ry
    base = cy - ry * 0.52
    canvas.polygon(
        [(cx - rx + 1, base), (cx - rx * 0.74, base - 66), (cx + rx * 0.74, base - 66), (cx + rx - 1, base)],
        red,
    )
    canvas.disc(cx, base - 66, rx * 0.74, 9, lighter(red, 0.12))
    canvas.disc(cx, base, rx - 1, 10, red)
    tassel = rgb("#211b1a")
    canvas.curve([(cx, base - 68), (cx + rx * 0.6, base - 64), (cx + rx * 0.74, base - 40)], tassel, 2.5)
    canvas.stroke([(cx + rx * 0.74, base - 40), (cx + rx * 0.76, base - 20)], tassel, 6)


HATS: dict[str, Callable[[Canvas, random.Random, Look], None]] = {
    "turban": turban,
    "cap": cap,
    "tarbouche": tarbouche,
}
