"""Where the fonts are: one place for PDFs and for the pages' subsets.

The wheels carry whole TTF files. Noto Kufi Arabic is one variable file: its weight is pinned when it is used
(`ttf`), because PDF knows no variable fonts and a page needs one weight only.
"""

from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

import fontpkg
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont


@dataclass(frozen=True)
class Font:
    """One face: `weight` is the CSS number, `path` a TTF that may be variable."""

    family: str
    weight: int
    path: Path

    @property
    def name(self) -> str:
        """Name of the file that an assets builder or a PDF gives to this face, without its ending."""
        return f"{self.family.lower().replace(' ', '-')}-{self.weight}"

    def ttf(self) -> bytes:
        """Bytes of the face as a static TTF."""
        return _static_ttf(self.path, self.weight)


TEXT = "IBM Plex Sans Arabic"
TITLE = "Noto Kufi Arabic"
LETTER = "Amiri"


def _font(family: str, weight: int) -> Font:
    return Font(family, weight, fontpkg.path(family, weight=weight))


FONTS: tuple[Font, ...] = (
    _font(TEXT, 400),
    _font(TEXT, 500),
    _font(TEXT, 600),
    _font(TEXT, 700),
    _font(TITLE, 700),
    _font(LETTER, 400),
    _font(LETTER, 700),
)


def font(family: str, weight: int) -> Font:
    """Return the face with this family and weight; KeyError where there is none."""
    for face in FONTS:
        if (face.family, face.weight) == (family, weight):
            return face
    raise KeyError(f"{family} {weight}")


@cache
def _static_ttf(path: Path, weight: int) -> bytes:
    with TTFont(path, recalcTimestamp=False) as ttfont:
        if "fvar" not in ttfont:
            return path.read_bytes()
        pinned = instantiateVariableFont(ttfont, {"wght": weight}, updateFontNames=False)
        buffer = BytesIO()
        pinned.save(buffer)
    return buffer.getvalue()
