"""Fonts for pages: WOFF2 subsets in two scripts, and the style sheets that name them.

A browser fetches a file only when a letter of its range is on the page. Digits and punctuation are in both
subsets: an Arabic page takes them from the Arabic file and a French one from the Latin file, so that neither
needs a second file for a date.
"""

from collections.abc import Iterable
from io import BytesIO

from fontTools import subset
from fontTools.ttLib import TTFont

from core.fonts import TEXT, TITLE, Font, font

DISTRIBUTIONS = ("fontpkg-ibm-plex-sans-arabic", "fontpkg-noto-kufi-arabic")

_COMMON = [
    *range(0x20, 0x41), 0x5B, 0x5D, 0x5F, 0x7C, 0xA0, 0xAB, 0xB7, 0xBB, 0xD7,
    0x2013, 0x2014, 0x2026, 0x202F,
]  # fmt: skip
_ARABIC_LETTERS = [
    0x60C, 0x61B, 0x61F, *range(0x621, 0x63B), *range(0x640, 0x653), 0x654, 0x655,
    0x66A, 0x66B, 0x66C, 0x670, 0x671,
    # Letters that Moroccan names borrow: p, tch, j, v, g as gaf and as kaf with three dots.
    0x67E, 0x686, 0x698, 0x6A4, 0x6A9, 0x6AD, 0x6AF, 0x6CC, 0x763,
    0x200C, 0x200D, 0x200E, 0x200F,
]  # fmt: skip
_LATIN_LETTERS = [
    *range(0x41, 0x7F), *range(0xA1, 0x100), 0x152, 0x153, 0x178,
    0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x20AC, 0x2212,
]  # fmt: skip
ARABIC = sorted({*_COMMON, *_ARABIC_LETTERS})
# Bold Arabic words stand beside codes and NIA, PDF, RNA: their capitals cost 2 kB, the whole Latin file 12.
ARABIC_AND_CODES = sorted({*ARABIC, *range(0x41, 0x5B)})
BOLD = 600
LATIN = sorted({*_COMMON, *_LATIN_LETTERS})
# Joining, ligatures that spelling needs, and marks set over their letters.
FEATURES = [
    "init", "medi", "fina", "isol", "rlig", "calt", "ccmp", "liga", "locl", "curs", "kern", "mark", "mkmk",
]  # fmt: skip

# A third weight would cost a phone 26 kB and add nothing that the other two do not say.
TEXT_WEIGHTS = (400, BOLD)
TITLE_WEIGHT = 700


def files() -> dict[str, bytes]:
    """All files by name, relative to the assets' directory."""
    made: dict[str, bytes] = {}
    arabic, latin = [], []
    for face in [*(font(TEXT, weight) for weight in TEXT_WEIGHTS), font(TITLE, TITLE_WEIGHT)]:
        letters = ARABIC_AND_CODES if (face.family, face.weight) == (TEXT, BOLD) else ARABIC
        made[f"fonts/{face.name}-arabic.woff2"] = subset_woff2(face, letters)
        arabic.append(_rule(face, "arabic", letters))
        if face.family == TEXT:
            made[f"fonts/{face.name}-latin.woff2"] = subset_woff2(face, LATIN)
            latin.append(_rule(face, "latin", LATIN))
    # Where two ranges hold a letter, the rule that comes last wins.
    made["css/fonts.css"] = "\n".join([*arabic, *latin]).encode()
    made["css/fonts.rtl.css"] = "\n".join([*latin, *arabic]).encode()
    return made


def subset_woff2(face: Font, code_points: Iterable[int]) -> bytes:
    """The face with these letters only, without hinting, which screens no longer need."""
    options = subset.Options()
    options.flavor = "woff2"
    options.layout_features = FEATURES
    options.hinting = False
    options.name_IDs = [1, 2]
    options.drop_tables += ["DSIG", "meta"]
    with TTFont(BytesIO(face.ttf()), recalcTimestamp=False) as ttfont:
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=code_points)
        subsetter.subset(ttfont)
        ttfont.flavor = "woff2"
        buffer = BytesIO()
        ttfont.save(buffer)
    return buffer.getvalue()


def unicode_range(code_points: Iterable[int]) -> str:
    """`U+20-40,U+5B`: the CSS name of a set of code points."""
    spans: list[list[int]] = []
    for point in sorted(code_points):
        if spans and point == spans[-1][1] + 1:
            spans[-1][1] = point
        else:
            spans.append([point, point])
    return ",".join(f"U+{a:X}" if a == b else f"U+{a:X}-{b:X}" for a, b in spans)


def _rule(face: Font, script: str, code_points: Iterable[int]) -> str:
    return (
        f'@font-face{{font-family:"{face.family}";font-weight:{face.weight};font-display:swap;'
        f'src:url("../fonts/{face.name}-{script}.woff2") format("woff2");'
        f"unicode-range:{unicode_range(code_points)}}}"
    )
