"""The sheet that charts are drawn on: shapes by their place along the line of reading."""

from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

GREEN, GREEN_TINT = "#0b5d4a", "#e9f2ee"
TERRACOTTA = "#8a3d1d"
INK, SOFT, LINE, PAPER = "#262320", "#635b52", "#8f8578", "#ffffff"
FONT = "IBM Plex Sans Arabic, system-ui, sans-serif"
# Wide enough for a label and a number on one line of a telephone; a page scales it.
WIDTH = 360
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
    parts: list[SafeString] = field(default_factory=list)

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
        place = {"x": self._x(x), "y": y, "text_anchor": side, "font_size": size, "fill": INK}
        self._add("text", place | {"direction": "ltr"} | look, words)

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

    def drawn(self) -> SafeString:
        return format_html_join("", "{}", ((part,) for part in self.parts))

    def svg(self, *, role: str = "img") -> SafeString:
        return format_html(
            '<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 {w} {h}" width="{w}"'
            ' height="{h}" role="{role}" aria-labelledby="{name}-title {name}-words" font-family="{font}">'
            '<title id="{name}-title">{title}</title><desc id="{name}-words">{words}</desc>{parts}</svg>',
            w=_short(self.width),
            h=_short(self.height),
            role=role,
            name=self.name,
            font=FONT,
            title=self.title,
            words=self.description,
            parts=self.drawn(),
        )

    def _x(self, x: float) -> float:
        return self.width - x if self.is_rtl else x

    def _add(self, tag: str, attributes: dict, words: str = "") -> None:
        written = format_html_join(
            "", ' {}="{}"', ((name.replace("_", "-"), _short(value)) for name, value in attributes.items())
        )
        self.parts.append(format_html("<{0}{1}>{2}</{0}>", tag, written, conditional_escape(words)))


def _short(value) -> str:
    """A coordinate without needless decimals."""
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)
