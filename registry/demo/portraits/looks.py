"""What a drawn person looks like, drawn by lot."""

import random
from dataclasses import dataclass

from registry.demo.portraits.canvas import Colour, darker, lighter, mix, rgb

GROUNDS = ["#efe6d8", "#dfe8e2", "#f1ddcf", "#f5e8c8", "#e2e4e8", "#e8ddd2", "#d8e4df", "#f0e0dc"]
SKINS = ["#f2cda9", "#e8b98f", "#dba677", "#c98f5f", "#ad744a", "#8b5a39", "#6f452d"]
SKIN_WEIGHTS = [10, 22, 26, 20, 12, 7, 3]
HAIRS = ["#1d1714", "#2a1e18", "#3b281c", "#56371f"]
GREY, WHITE = rgb("#b9b4ac"), rgb("#ece9e3")
# Green, terracotta and saffron of the portal, and dyes that go with them.
CLOTHS = [
    "#0b5d4a",
    "#b4552d",
    "#2f4f6f",
    "#7a3b2e",
    "#8c7a5b",
    "#4a5a45",
    "#5b3a52",
    "#d9c7a3",
    "#f0ece2",
    "#33413f",
    "#a8763e",
    "#46697a",
    "#c9a25c",
    "#8f3f4f",
]
SCARVES = [
    "#0b5d4a",
    "#b4552d",
    "#e0a526",
    "#2f4f6f",
    "#f2ebdd",
    "#8f3f4f",
    "#6b7f6a",
    "#c98a7a",
    "#40343a",
    "#a7b8c4",
    "#d8b48c",
    "#5b3a52",
    "#7d93a8",
]
SAFFRON = rgb("#e0a526")
# Two colours nearer than this, summed over red, green and blue, run into each other.
TOO_NEAR = 110


@dataclass(frozen=True)
class Look:
    """One person. Lengths are in the canvas's units; `cx, cy` is the middle of the face."""

    woman: bool
    age: int
    saharan: bool
    ground: Colour
    skin: Colour
    hair: Colour
    cloth: Colour
    scarf: Colour
    trim: Colour
    rx: float
    ry: float
    cx: float = 150
    cy: float = 184

    @property
    def shade(self) -> Colour:
        return darker(self.skin, 0.17)

    @property
    def top(self) -> float:
        return self.cy - self.ry

    @property
    def chin(self) -> float:
        return self.cy + self.ry


def draw_lots(rng: random.Random, *, woman: bool, age: int | None, saharan: bool) -> Look:
    lot = rng.randint(20, 72)
    years = lot if age is None else age
    skin = mix(rgb(rng.choices(SKINS, SKIN_WEIGHTS)[0]), rgb(rng.choice(SKINS)), rng.uniform(0, 0.15))
    greyness = max(0.0, min(1.0, (years - rng.randint(38, 56)) / 20))
    whiteness = max(0.0, min(1.0, (years - 62) / 14))
    cloth = rgb(rng.choice(CLOTHS))
    hair = mix(mix(rgb(rng.choice(HAIRS)), GREY, greyness), WHITE, whiteness)
    return Look(
        woman=woman,
        age=years,
        saharan=saharan,
        ground=_apart(rng, GROUNDS, hair),
        skin=skin,
        hair=hair,
        cloth=cloth,
        scarf=_apart(rng, SCARVES, cloth, skin),
        trim=SAFFRON if rng.random() < 0.5 and _distance(SAFFRON, cloth) > TOO_NEAR else lighter(cloth, 0.5),
        rx=rng.uniform(51, 57) if woman else rng.uniform(54, 61),
        ry=rng.uniform(67, 73) if woman else rng.uniform(70, 78),
    )


def _apart(rng: random.Random, codes: list[str], *from_colours: Colour) -> Colour:
    colours = [rgb(code) for code in rng.sample(codes, len(codes))]
    return next(
        (one for one in colours if all(_distance(one, other) > TOO_NEAR for other in from_colours)),
        colours[0],
    )


def _distance(one: Colour, other: Colour) -> int:
    return sum(abs(a - b) for a, b in zip(one, other, strict=True))
