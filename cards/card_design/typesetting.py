"""Lines of text shaped and laid out by WeasyPrint, all of a batch in one tall page, each text once.

Laying out a page a card costs ten times what its words do. So the words of many cards are set in one page,
and the runs of glyphs found there are put where each card wants them. Numbers, each of which occurs once, are
put together from figures that were set once.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from io import BytesIO

import pikepdf

from cards.card_design.boxes import Align, Box
from cards.card_design.fitting import width_mm
from core.fonts import TEXT, font
from core.pdf import render_pdf

# In CSS pixels: far enough apart that the height of a glyph run tells its line.
PITCH, WIDTH = 48, 400
PX_A_POINT = 96 / 72
PX_A_MM = 96 / 25.4
_ANCHORS = {Align.LEFT: 0, Align.RIGHT: WIDTH, Align.CENTRE: WIDTH / 2}
_POSITION = re.compile(rb"1 0 0 -1 (\S+) (\S+) Tm")
_FONT = re.compile(rb"(/\S+) (\S+) Tf")
_GLYPH = re.compile(rb"\[<([0-9a-f]{4})>0?\] TJ")
_NUMBER = re.compile(r"[0-9A-Z/-]+")
_FIGURE_SIZE = 8


@dataclass(frozen=True)
class Line:
    """One line to set; `size` in points."""

    text: str
    size: float
    weight: int
    align: Align
    figures: bool

    @classmethod
    def of(cls, text: str, size: float, box: Box) -> "Line":
        return cls(text, size, box.weight, box.align, box.figures)

    @property
    def arabic(self) -> bool:
        return self.align is Align.RIGHT and not self.figures

    @property
    def is_number(self) -> bool:
        return self.figures and _NUMBER.fullmatch(self.text) is not None

    def each_figure(self) -> Iterable["Line"]:
        """Return the figures as lines of their own, the same at any size."""
        return (Line(figure, _FIGURE_SIZE, self.weight, Align.LEFT, True) for figure in self.text)


@dataclass
class Run:
    """Glyphs of one font: `x` in CSS pixels from the line's anchor, `show` the operators that show them."""

    x: float
    show: list[bytes]
    font_and_size: tuple[bytes, bytes] | None = None

    def drawn_at(self, x: float, y: float) -> bytes:
        """Return the operators that draw the run with its line's anchor there, in CSS pixels."""
        name, size = self.font_and_size
        return b"%b %b Tf 1 0 0 -1 %.3f %.3f Tm\n%b" % (name, size, self.x + x, y, b"\n".join(self.show))


class TypesettingError(Exception):
    """WeasyPrint wrote the page in a way that is not understood here."""


class Typeset:
    """Lines that were set: their runs, and the PDF that holds their fonts."""

    def __init__(self, lines: Iterable[Line]):
        wanted = dict.fromkeys(line for line in lines if line.text.strip())
        numbers = [line for line in wanted if line.is_number]
        figures = dict.fromkeys(figure for line in numbers for figure in line.each_figure())
        ordered = [line for line in wanted if not line.is_number] + list(figures)
        weights = sorted({line.weight for line in ordered})
        pdf = render_pdf(_page(ordered), files={}, fonts=[font(TEXT, weight) for weight in weights])
        self.pdf = pikepdf.open(BytesIO(pdf))
        runs = _runs(self.pdf.pages[0].Contents.read_bytes(), ordered)
        self.runs: dict[Line, list[Run]] = dict(zip(ordered, runs, strict=True))
        self.runs |= {line: [self._number(line)] for line in numbers}

    @property
    def fonts(self) -> pikepdf.Object:
        """Resources that the runs name, to be copied into another PDF."""
        return self.pdf.make_indirect(self.pdf.pages[0].Resources.Font)

    def _number(self, line: Line) -> Run:
        """Put a number together: its figures have one width and know no ligature."""
        runs = [self.runs[figure][0] for figure in line.each_figure()]
        glyphs = [_GLYPH.fullmatch(run.show[0]) for run in runs]
        if not all(glyphs) or any(len(run.show) > 1 for run in runs):
            raise TypesettingError("a figure is not one glyph")
        width = width_mm(line.text, line, line.size) * PX_A_MM
        shift = {Align.LEFT: 0, Align.RIGHT: width, Align.CENTRE: width / 2}[line.align]
        show = b"[<%b>] TJ" % b"".join(glyph[1] for glyph in glyphs)
        size = f"{line.size * PX_A_POINT:.6g}".encode()
        return Run(x=-shift, show=[show], font_and_size=(runs[0].font_and_size[0], size))


def _page(lines: list[Line]) -> str:
    classes = dict.fromkeys((line.size, line.weight) for line in lines)
    sizes = "".join(
        f".s{i} {{ font-size: {size:g}pt; font-weight: {weight} }}"
        for i, (size, weight) in enumerate(classes)
    )
    names = {key: f"s{i}" for i, key in enumerate(classes)}
    paragraphs = "".join(
        f'<p class="{names[line.size, line.weight]} {line.align}{" figures" if line.figures else ""}"'
        f' lang="{"ar" if line.arabic else "fr"}">{escape(line.text)}</p>'
        for line in lines
    )
    return f"""<style>
        @page {{ size: {WIDTH}px {PITCH * max(len(lines), 1)}px; margin: 0 }}
        body, p {{ margin: 0; font-family: "{TEXT}" }}
        p {{ height: {PITCH}px; line-height: {PITCH}px; white-space: pre }}
        .left {{ text-align: left }} .center {{ text-align: center }}
        .right {{ text-align: right; direction: rtl }}
        .figures {{ direction: ltr; font-feature-settings: "tnum" }}
        {sizes}</style>{paragraphs}"""


def _runs(content: bytes, lines: list[Line]) -> list[list[Run]]:
    """Read the runs back from the page: each says its place, and its font only where that changes."""
    found: list[list[Run]] = [[] for _ in lines]
    font_and_size: tuple[bytes, bytes] | None = None
    line: list[Run] = []
    for operation in content.split(b"\n"):
        if position := _POSITION.fullmatch(operation):
            number = int(float(position[2]) // PITCH)
            anchor = _ANCHORS[lines[number].align]
            found[number].append(Run(x=float(position[1]) - anchor, show=[]))
            line = found[number]
        elif chosen := _FONT.fullmatch(operation):
            font_and_size = chosen[1], chosen[2]
            if line and line[-1].show:
                # A letter that the font lacks is set in another one, and the run goes on.
                line[-1].show.append(operation)
        elif operation.endswith((b" TJ", b" Ts")):
            # Ts lifts a vowel sign above its letter.
            if font_and_size is None:
                raise TypesettingError("glyphs of an unknown font")
            if not line[-1].show:
                line[-1].font_and_size = font_and_size
            line[-1].show.append(operation)
    if not all(run.show for line in found for run in line) or not all(found):
        raise TypesettingError("a line without glyphs")
    return found
