"""Names and crafts fitted to the card: measured with the real font, shrunk, then set in two lines.

What does not fit even so is cut with an ellipsis, and `overflow` reports it before anything is printed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Protocol

from fontTools.ttLib import TTFont
from PIL import ImageFont

from cards.card_design.boxes import BOXES, Box
from cards.card_design.face import CardFace
from core.arabic import clean
from core.fonts import TEXT, font

POINTS_A_MM = 72 / 25.4
# Sizes are quarters of a point, so that a batch uses few of them.
STEP = 0.25
_MEASURED_AT = 200
_FIGURE = re.compile("[1-9]")
# Parts of names that stand with what follows them.
_PARTICLES = frozenset(
    re.findall(
        r"\S+",
        """بن ابن بنت بو أبو أبا أم عبد آل أيت آيت إيت أولاد ولد بني سيدي مولاي لالة الحاج
        ben bin ibn bent bou abou abu aba oum abd abdel el al aït ait oulad ould bani sidi moulay lalla
        haj hadj de du des la le et""",
    )
)


@dataclass(frozen=True)
class Setting:
    """A text as it is set: its lines and its size in points; `fits` is false where it had to be cut."""

    lines: tuple[str, ...]
    size: float
    fits: bool = True


@dataclass(frozen=True)
class Overflow:
    """A text that shrank, broke in two or did not fit; `missing` holds letters that the font lacks."""

    field: str
    text: str
    size: float
    largest: float
    lines: int
    fits: bool
    missing: str = ""


def texts(face: CardFace) -> dict[str, str]:
    """Return the words of a card by the name of their box."""
    return {
        "name_ar": clean(face.name_ar),
        "name_latin": clean(face.name_latin),
        "craft_ar": clean(face.craft.ar),
        "craft_fr": clean(face.craft.fr),
        "place_ar": " – ".join(part for part in (face.region.ar, face.province.ar) if part),
        "place_fr": " – ".join(part for part in (face.region.fr, face.province.fr) if part),
        "nia": clean(face.nia),
        "issued_on": f"{face.issued_on:%d/%m/%Y}",
        "valid_until": f"{face.valid_until:%d/%m/%Y}",
        "serial": face.serial,
        "back_serial": face.serial,
    }


def overflow(face: CardFace) -> list[Overflow]:
    """Return every text of a card that is not set at its full size on one line."""
    return list(_overflow(face))


def _overflow(face: CardFace) -> Iterator[Overflow]:
    for name, text in texts(face).items():
        box = BOXES[name]
        setting = fit(text, box)
        missing = _missing(text, box.weight)
        if setting.size < box.largest or len(setting.lines) > 1 or missing:
            fits = setting.fits and not missing
            yield Overflow(name, text, setting.size, box.largest, len(setting.lines), fits, missing)


@lru_cache(maxsize=4096)
def fit(text: str, box: Box) -> Setting:
    """Set a text as large as its box allows; in two lines where that makes it larger."""
    one = _size((text,), box, box.largest)
    if box.two_lines > one and " " in text:
        halves = _halves(text, box)
        two = _size(halves, box, box.two_lines)
        if two > one and two >= box.smallest:
            return Setting(halves, two)
    if one >= box.smallest:
        return Setting((text,), one)
    return _cut(text, box)


def lines_needed(text: str, box: Box) -> int:
    """Return in how many lines of the box's full size a text is set, broken at its spaces."""
    lines, line = 1, ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and width_mm(longer, box, box.largest) > box.width_mm:
            lines, line = lines + 1, word
        else:
            line = longer
    return lines if width_mm(line, box, box.largest) <= box.width_mm else lines + 1


def _size(lines: tuple[str, ...], box: Box, largest: float) -> float:
    """Return the largest size, in steps, at which every line is within the box; 0 where none is."""
    widest = max(width_mm(line, box, 1) for line in lines)
    return largest if widest == 0 else min(largest, box.width_mm / widest // STEP * STEP)


def _halves(text: str, box: Box) -> tuple[str, str]:
    """Break a text where its lines are most alike, and no name from its particle: Ben | Ali, عبد | الله."""
    words = text.split(" ")
    places = range(1, len(words))
    good = [place for place in places if words[place - 1].casefold() not in _PARTICLES]
    splits = [(" ".join(words[:i]), " ".join(words[i:])) for i in good or places]
    return min(splits, key=lambda lines: max(width_mm(line, box, 1) for line in lines))


def _cut(text: str, box: Box) -> Setting:
    """Keep what fits on one line at the smallest size, and say with an ellipsis that there was more."""
    kept = text
    while kept and width_mm(f"{kept}…", box, box.smallest) > box.width_mm:
        kept = kept[:-1].rstrip()
    return Setting((f"{kept}…",), box.smallest, fits=False)


class Style(Protocol):
    """What shapes a text: a box's, or a line's to set."""

    weight: int
    figures: bool

    @property
    def arabic(self) -> bool: ...


def width_mm(text: str, box: Style, size: float) -> float:
    """Return the width of a line at a size in points, shaped as it will be printed."""
    # Figures in columns are all as wide as a nought: one number of a batch is measured for all.
    text = _FIGURE.sub("0", text) if box.figures else text
    return _length(text, box.weight, box.arabic, box.figures) / _MEASURED_AT * size / POINTS_A_MM


@lru_cache(maxsize=4096)
def _length(text: str, weight: int, arabic: bool, figures: bool) -> float:
    return _font(weight).getlength(
        text,
        direction="rtl" if arabic else "ltr",
        language="ar" if arabic else "fr",
        features=["tnum"] if figures else None,
    )


@cache
def _font(weight: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(font(TEXT, weight).path), _MEASURED_AT, layout_engine=ImageFont.Layout.RAQM)


@cache
def _letters(weight: int) -> frozenset[str]:
    with TTFont(font(TEXT, weight).path) as ttfont:
        return frozenset(map(chr, ttfont.getBestCmap()))


def _missing(text: str, weight: int) -> str:
    return "".join(sorted(set(text) - _letters(weight)))
