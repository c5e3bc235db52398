"""What is worn below the neck: djellaba, caftan, shirt, apron, jumper, daraa."""

import random

from registry.demo.portraits.canvas import Canvas, Colour, darker, lighter, mix, rgb
from registry.demo.portraits.looks import SAFFRON, Look

SHIRTS = [rgb(code) for code in ("#f4f0e6", "#e6e9ea", "#d6e0dc", "#efe2cc")]
DARAAS = [rgb(code) for code in ("#a9cbe0", "#f3f1ea", "#7fb0d2", "#e9e4d4")]
LEATHER = rgb("#7a4a2a")


def dress(canvas: Canvas, rng: random.Random, look: Look) -> None:
    if look.woman:
        wear = rng.choices([_djellaba, _caftan, _jumper, _shirt, _apron], [34, 24, 18, 12, 12])[0]
    elif look.saharan and rng.random() < 0.6:
        wear = _daraa
    else:
        elder = look.age // 10
        wear = rng.choices([_djellaba, _shirt, _apron, _jumper], [8 + 6 * elder, 30, 22, 16])[0]
    wear(canvas, rng, look)


def _shoulders(canvas: Canvas, look: Look, colour: Colour) -> None:
    spread = 112 if look.woman else 124
    canvas.blob(
        [
            (150 - spread - 12, 430),
            (150 - spread, 352),
            (150 - spread * 0.66, 317),
            (118, 296),
            (182, 296),
            (150 + spread * 0.66, 317),
            (150 + spread, 352),
            (150 + spread + 12, 430),
        ],
        colour,
    )
    edge = darker(colour, 0.12)
    canvas.curve([(150 - spread * 0.62, 366), (150 - spread * 0.66, 400)], edge, 2.5)
    canvas.curve([(150 + spread * 0.62, 366), (150 + spread * 0.66, 400)], edge, 2.5)


def _neck(canvas: Canvas, look: Look, depth: float = 318) -> None:
    half = 21 if look.woman else 27
    canvas.polygon(
        [(150 - half, 225), (150 + half, 225), (150 + half + 6, 300), (150, depth), (150 - half - 6, 300)],
        look.skin,
    )
    # The chin's shadow.
    canvas.blob(
        [
            (150 - half, 240),
            (150 + half, 240),
            (150 + half + 1, look.chin + 8),
            (150, look.chin + 19),
            (150 - half - 1, look.chin + 8),
        ],
        look.shade,
    )


def _djellaba(canvas: Canvas, rng: random.Random, look: Look) -> None:
    canvas.disc(150, 292, 92, 44, darker(look.cloth, 0.2))
    canvas.disc(150, 286, 76, 36, darker(look.cloth, 0.38))
    _shoulders(canvas, look, look.cloth)
    if rng.random() < 0.35:
        stripe = mix(look.cloth, look.trim, 0.3)
        for offset in range(26, 130, 22):
            canvas.stroke([(150 - offset, 316 + offset * 0.3), (150 - offset - 8, 400)], stripe, 3)
            canvas.stroke([(150 + offset, 316 + offset * 0.3), (150 + offset + 8, 400)], stripe, 3)
    inner = rng.choice(SHIRTS)
    canvas.polygon([(112, 292), (188, 292), (150, 352)], inner)
    _neck(canvas, look)
    canvas.stroke([(112, 294), (150, 353), (188, 294)], look.trim, 5)
    canvas.stroke([(150, 353), (150, 402)], look.trim, 6)
    for y in range(362, 400, 11):
        canvas.disc(150, y, 4.2, 4.2, darker(look.trim, 0.3))


def _caftan(canvas: Canvas, rng: random.Random, look: Look) -> None:
    _shoulders(canvas, look, look.cloth)
    canvas.disc(150, 300, 50, 34, look.trim)
    canvas.disc(150, 297, 42, 27, darker(look.cloth, 0.15))
    _neck(canvas, look, depth=316)
    canvas.stroke([(141, 333), (141, 402)], look.trim, 4)
    canvas.stroke([(159, 333), (159, 402)], look.trim, 4)
    for y in range(342, 402, 13):
        canvas.disc(150, y, 4, 4, look.trim)
    if rng.random() < 0.5:
        for x in (84, 106, 194, 216):
            y = 346 + abs(150 - x) * 0.12
            canvas.polygon([(x, y - 8), (x + 6, y), (x, y + 8), (x - 6, y)], mix(look.cloth, look.trim, 0.6))


def _shirt(canvas: Canvas, rng: random.Random, look: Look) -> None:
    colour = rng.choice([*SHIRTS, look.cloth, look.cloth])
    _shoulders(canvas, look, colour)
    canvas.polygon([(116, 294), (184, 294), (150, 340)], darker(colour, 0.25))
    _neck(canvas, look, depth=330)
    collar = lighter(colour, 0.35) if sum(colour) < 560 else darker(colour, 0.08)
    canvas.polygon([(117, 282), (150, 338), (126, 352), (99, 304)], collar)
    canvas.polygon([(183, 282), (150, 338), (174, 352), (201, 304)], collar)
    canvas.stroke([(150, 340), (150, 402)], darker(colour, 0.16), 2)
    for y in (358, 384):
        canvas.disc(155, y, 3, 3, darker(colour, 0.4))


def _apron(canvas: Canvas, rng: random.Random, look: Look) -> None:
    """The workshop's apron over a shirt."""
    shirt = rng.choice(SHIRTS)
    apron = rng.choice([LEATHER, look.cloth, rgb("#33413f")])
    if sum(apron) > 560:
        apron = LEATHER
    _shoulders(canvas, look, shirt)
    canvas.disc(150, 300, 40, 25, darker(shirt, 0.15))
    _neck(canvas, look)
    canvas.polygon([(92, 312), (106, 305), (118, 362), (104, 362)], darker(apron, 0.2))
    canvas.polygon([(208, 312), (194, 305), (182, 362), (196, 362)], darker(apron, 0.2))
    canvas.polygon([(98, 356), (202, 356), (214, 410), (86, 410)], apron)
    canvas.stroke([(98, 357), (202, 357)], lighter(apron, 0.25), 3)
    for x in (107, 193):
        canvas.disc(x, 362, 4, 4, SAFFRON)


def _jumper(canvas: Canvas, rng: random.Random, look: Look) -> None:
    _shoulders(canvas, look, look.cloth)
    canvas.disc(150, 298, 44, 30, darker(look.cloth, 0.2))
    if rng.random() < 0.4:
        for y in (352, 364):
            canvas.stroke([(44, y + 8), (100, y), (200, y), (256, y + 8)], look.trim, 4)
    _neck(canvas, look)


def _daraa(canvas: Canvas, rng: random.Random, look: Look) -> None:
    """The wide gown of the south, with its embroidered breast."""
    colour = rng.choice(DARAAS)
    _shoulders(canvas, look, colour)
    canvas.polygon([(110, 290), (190, 290), (158, 372), (142, 372)], rng.choice(SHIRTS))
    _neck(canvas, look, depth=326)
    gold = mix(SAFFRON, rgb("#8a6a2a"), 0.3)
    canvas.stroke([(110, 292), (142, 372), (158, 372), (190, 292)], gold, 5)
    canvas.polygon([(166, 356), (204, 350), (208, 404), (168, 404)], mix(colour, gold, 0.35))
    canvas.stroke([(166, 356), (204, 350), (208, 404)], gold, 3)
    for x in (70, 88, 226, 240):
        canvas.curve([(x, 345), (x + 4, 372), (x - 2, 402)], darker(colour, 0.1), 2.5)
