"""A whole portrait, from the ground to the spectacles."""

import random

from registry.demo.portraits import clothes, faces, hair, scarves
from registry.demo.portraits.canvas import Canvas, mix, rgb
from registry.demo.portraits.looks import Look, draw_lots

NICHE_TINTS = ["#0b5d4a", "#b4552d", "#e0a526", "#ffffff"]


def draw_portrait(seed: int, gender: str, *, age: int | None = None, saharan: bool = False) -> bytes:
    """A JPEG of 300 by 400, always the same for the same arguments.

    Args:
        gender: `female` or `male`.
        age: years, for grey hair and lines; by lot when None.
        saharan: dressed as people often are in the southern regions.
    """
    rng = random.Random(f"portrait {seed} {gender}")  # noqa: S311 - a lot, not a secret
    look = draw_lots(rng, woman=gender == "female", age=age, saharan=saharan)
    canvas = Canvas(look.ground)
    _niche(canvas, rng, look)
    if look.woman:
        _woman(canvas, rng, look)
    else:
        _man(canvas, rng, look)
    return canvas.jpeg()


def _niche(canvas: Canvas, rng: random.Random, look: Look) -> None:
    """A plain shape behind the head: a disc, or the horseshoe arch of a doorway."""
    tint = mix(look.ground, rgb(rng.choice(NICHE_TINTS)), 0.15)
    if rng.random() < 0.5:
        canvas.disc(150, 205, 128, 150, tint)
    else:
        canvas.polygon([(42, 400), (42, 235), (258, 235), (258, 400)], tint)
        canvas.disc(150, 172, 124, 132, tint)


def _woman(canvas: Canvas, rng: random.Random, look: Look) -> None:
    covering = rng.choices(["scarf", "melhfa", "loose"], [60, 90 if look.saharan else 0, 34])[0]
    if covering == "loose":
        style = rng.choice(hair.WOMENS_STYLES)
        hair.behind(canvas, look, style)
        clothes.dress(canvas, rng, look)
        faces.head(canvas, look, ears=style in ("bun", "tail"))
        hair.womens(canvas, look, style)
    else:
        clothes.dress(canvas, rng, look)
        scarves.drape(canvas, rng, look, wide=covering == "melhfa")
    faces.features(canvas, rng, look)


def _man(canvas: Canvas, rng: random.Random, look: Look) -> None:
    clothes.dress(canvas, rng, look)
    faces.head(canvas, look, ears=True)
    faces.beard(canvas, rng, look)
    turban, cap = (45, 12) if look.saharan else (4 + look.age // 8, 10 + look.age // 6)
    cover = rng.choices(["turban", "cap", "tarbouche", "none"], [turban, cap, 1, 62])[0]
    if cover == "none":
        hair.mens(canvas, rng, look)
    else:
        hair.temples(canvas, look)
        scarves.HATS[cover](canvas, rng, look)
    faces.features(canvas, rng, look)
