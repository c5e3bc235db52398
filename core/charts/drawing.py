"""The sheet that charts are drawn on: shapes by their place along the line of reading."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core.arabic import is_arabic

GREEN, GREEN_TINT = "#0b5d4a", "#e9f2ee"
TERRACOTTA = "#8a3d1d"
INK, SOFT, LINE, PAPER = "#262320", "#635b52", "#8f8578", "#ffffff"
FONT = "IBM Plex Sans Arabic, system-ui, sans-serif"
# Wide enough for a label and a number on one line of a telephone; a page scales it.
WIDTH = 320
TEXT, SMALL = 13, 11.5


class Direction(StrEnum):
    LTR = "ltr"
    RTL = "rtl"


def spaced(number: int) -> str:
    """`27 926`, with spaces that do not break."""
    return f"{number:,}".replace(",", "\N{NO-BREAK SPACE}")


def shortened(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def nice_top(most: float) -> int:
    """A round number at or above the largest value, for the end of an axis."""
    tens = 1
    while True:
        for factor in (1, 2, 4, 6, 8):
            if tens * factor >= most:
                return tens * factor
        tens *= 10


@dataclass(frozen=True)
class Words:
    """Text with the side of the sheet that its anchor means worked out: `x` counts from the left."""

    x: float
    y: float
    anchor: str
    size: float
    words: str
    look: dict


@dataclass
class Drawing:
    """Shapes on a sheet. `x` counts from where reading begins, whichever side that is.

    Text is set left to right with its anchor on the side meant: a label keeps its place where a program does
    not know the page's direction, and the letters of Arabic join all the same.
    """

    name: str
    title: str
    description: str
    height: float
    direction: Direction
    width: float = WIDTH
    role: str = "img"
    parts: list[SafeString | Words] = field(default_factory=list)

    @property
    def is_rtl(self) -> bool:
        return self.direction == Direction.RTL

    def box(self, x: float, y: float, width: float, height: float, **look) -> None:
        left = self.width - x - width if self.is_rtl else x
        self._add("rect", {"x": left, "y": y, "width": max(width, 0), "height": max(height, 0)} | look)

    def line(self, x1: float, y1: float, x2: float, y2: float, **look) -> None:
        place = {"x1": self._x(x1), "y1": y1, "x2": self._x(x2), "y2": y2}
        self._add("line", place | {"stroke": LINE, "stroke_width": 1} | look)

    def path(self, points: list[tuple[float, float]], **look) -> None:
        places = " ".join(f"{_short(self._x(x))},{_short(y)}" for x, y in points)
        self._add("polyline", {"points": places, "fill": "none"} | look)

    def dot(self, x: float, y: float, radius: float, **look) -> None:
        self._add("circle", {"cx": self._x(x), "cy": y, "r": radius} | look)

    def text(
        self, x: float, y: float, words: str, *, anchor: str = "start", size: float = TEXT, **look
    ) -> None:
        """`anchor` says where along the line of reading the words begin (start), stand (middle) or end."""
        side = {"start": "end", "end": "start"}.get(anchor, anchor) if self.is_rtl else anchor
        if not words.isascii() and any(map(is_arabic, words.split())):
            # Isolated, so that a hyphen or dots at its end stand on the left, where it ends.
            words = f"\u2067{words}\u2069"
        self.parts.append(Words(self._x(x), y, side, size, words, {"fill": INK} | look))

    def begin_link(self, url: str, label: str) -> None:
        self.parts.append(format_html('<a href="{}" aria-label="{}" class="tile">', url, label))

    def end_link(self) -> None:
        self.parts.append(format_html("</{}>", "a"))

    def hatch(self) -> str:
        """A fill of slanting lines, which tells a second series on paper without colours too."""
        name = f"{self.name}-hatch"
        self.parts.append(
            format_html(
                '<defs><pattern id="{0}" width="5" height="5" patternUnits="userSpaceOnUse"'
                ' patternTransform="rotate(45)"><rect width="5" height="5" fill="{1}"/>'
                '<rect width="2.2" height="5" fill="{2}"/></pattern></defs>',
                name,
                PAPER,
                TERRACOTTA,
            )
        )
        return f"url(#{name})"

    def svg(self) -> SafeString:
        """For a page."""
        drawn = (_text(part) if isinstance(part, Words) else part for part in self.parts)
        return format_html(
            '<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 {w} {h}" width="{w}"'
            ' height="{h}" role="{role}" aria-labelledby="{name}-title {name}-words" font-family="{font}">'
            '<title id="{name}-title">{title}</title><desc id="{name}-words">{words}</desc>{drawn}</svg>',
            w=_short(self.width),
            h=_short(self.height),
            role=self.role,
            name=self.name,
            font=FONT,
            title=self.title,
            words=self.description,
            drawn=_joined(drawn),
        )

    def on_paper(self) -> SafeString:
        """For WeasyPrint, which sets the letters of an SVG one by one: Arabic words stand over the shapes."""
        return format_html(
            '<div class="chart" style="width:{w}px;height:{h}px"><svg xmlns="http://www.w3.org/2000/svg"'
            ' viewBox="0 0 {w} {h}" width="{w}" height="{h}">{shapes}</svg>{words}</div>',
            w=_short(self.width),
            h=_short(self.height),
            shapes=_joined(part for part in self.parts if not isinstance(part, Words)),
            words=_joined(self._laid_over(part) for part in self.parts if isinstance(part, Words)),
        )

    def _laid_over(self, part: Words) -> SafeString:
        place = {
            "start": f"left:{_short(part.x)}px;text-align:left",
            "end": f"right:{_short(self.width - part.x)}px;text-align:right",
            "middle": f"left:{_short(part.x - self.width / 2)}px;width:{_short(self.width)}px",
        }[part.anchor]
        return format_html(
            '<span style="{};top:{}px;font-size:{}px;font-weight:{};color:{}">{}</span>',
            place,
            _short(part.y - part.size * 1.2),
            _short(part.size),
            part.look.get("font_weight", 400),
            part.look["fill"],
            part.words,
        )

    def _x(self, x: float) -> float:
        return self.width - x if self.is_rtl else x

    def _add(self, tag: str, attributes: dict) -> None:
        self.parts.append(format_html("<{}{}/>", tag, _attributes(attributes)))


def _text(part: Words) -> SafeString:
    place = {"x": part.x, "y": part.y, "text_anchor": part.anchor, "font_size": part.size, "direction": "ltr"}
    return format_html("<text{}>{}</text>", _attributes(place | part.look), part.words)


def _attributes(attributes: dict) -> SafeString:
    named = ((name.replace("_", "-"), _short(value)) for name, value in attributes.items())
    return format_html_join("", ' {}="{}"', named)


def _joined(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


def _short(value) -> str:
    """A coordinate without needless decimals."""
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)
