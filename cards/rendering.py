"""Cards as PDF pages of ID-1 format (85.60 x 53.98 mm), a front and a back each.

What all cards of a design share (patterns, lines, labels) is laid out once and put under every page. The
words of all holders are set together, each once, and placed on their cards with photograph and code. That is
what makes a batch fast and its file small.
"""

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from io import BytesIO
from typing import NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name

from cards.card_design import boxes
from cards.card_design.boxes import BOXES, Align, Side
from cards.card_design.design_page import FONTS, HEIGHT_MM, design_html
from cards.card_design.face import CardDesign, CardFace
from cards.card_design.fitting import fit, texts
from cards.card_design.pictures import jpeg_object, one_bit_object
from cards.card_design.typesetting import PX_A_MM, Line, Run, Typeset
from cards.qr import qr_image
from core.pdf import render_pdf

# Keeps a worker's memory flat: longer lists are cut in chunks, and their files merged.
CHUNK = 100
POINTS_A_MM = 72 / 25.4
# Points, where nothing but the page's own edge cuts a background off.
_SPARE = (-2, -2, 2, 2)
# Plainly written, as `merge_pdfs` wants its parts.
SAVE = {"deterministic_id": True, "object_stream_mode": pikepdf.ObjectStreamMode.disable}


def render_cards(faces: Sequence[CardFace], *, bleed_mm: float = 0) -> bytes:
    """Return a PDF with two pages a card, in the order given: the same bytes for the same cards.

    Meant for up to CHUNK cards; a batch is chunks put together by `cards.merging`.
    """
    placed = [_placed(face) for face in faces]
    with ExitStack() as stack:
        stack.enter_context(_cycles_left_alone())
        out = stack.enter_context(pikepdf.new())
        typeset = Typeset(line for words in placed for line in (word.line for word in words))
        stack.enter_context(typeset.pdf)
        fonts = out.copy_foreign(typeset.fonts)
        designs = {
            design: _Design(design, out, bleed_mm) for design in dict.fromkeys(face.design for face in faces)
        }
        for face, words in zip(faces, placed, strict=True):
            _add_card(out, face, words, designs[face.design], fonts, typeset.runs)
        buffer = BytesIO()
        out.save(buffer, **SAVE)
    return buffer.getvalue()


def plainly_written(pdf: bytes) -> bytes:
    """The same pages as `merge_pdfs` wants its parts."""
    buffer = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as document:
        document.save(buffer, **SAVE)
    return buffer.getvalue()


def warm_up() -> None:
    """Load fonts and parsers, so that the processes forked from this one do not each load them again."""
    for face in FONTS:
        face.ttf()
    Typeset([Line("صانع Artisan", 8, weight, Align.RIGHT, False) for weight in (400, 600, 700)]).pdf.close()


@contextmanager
def _cycles_left_alone() -> Iterator[None]:
    """Layout makes a million objects that die together: looking for cycles meanwhile takes a sixth of it."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


class _Word(NamedTuple):
    """A line on a card: where its anchor stands, in millimetres, its colour and its side."""

    line: Line
    x_mm: float
    baseline_mm: float
    colour: str
    side: Side


class _Design:
    """The two sides of a design as forms, ready to be put under pages of another PDF."""

    def __init__(self, design: CardDesign, out: pikepdf.Pdf, bleed_mm: float):
        with pikepdf.open(BytesIO(_design_pdf(design, bleed_mm))) as pdf:
            self.forms = {}
            for side, page in zip(Side, pdf.pages, strict=True):
                form = page.as_form_xobject()
                # The form would end at the trimmed edge and lose its bleed. Backgrounds reach further still,
                # for printers whose pages are moved.
                form.BBox = Array(
                    [float(edge) + spare for edge, spare in zip(page.mediabox, _SPARE, strict=True)]
                )
                self.forms[side] = out.copy_foreign(form)
            sheet = pdf.pages[0]
            self.page = {"MediaBox": Array(sheet.mediabox), "TrimBox": Array(sheet.trimbox)}
            if bleed_mm:
                self.page["BleedBox"] = self.page["MediaBox"]


@lru_cache(maxsize=16)
def _design_pdf(design: CardDesign, bleed_mm: float) -> bytes:
    html, files, fonts = design_html(design, bleed_mm=bleed_mm)
    return render_pdf(html, files=files, fonts=fonts)


def _placed(face: CardFace) -> list[_Word]:
    """Return every line of a card where it stands."""
    found = []
    for name, text in texts(face).items():
        box = BOXES[name]
        setting = fit(text, box)
        for line, baseline in zip(setting.lines, box.baselines_mm(len(setting.lines)), strict=True):
            found.append(_Word(Line.of(line, setting.size, box), box.x_mm, baseline, box.colour, box.side))
    return found


def _add_card(
    out: pikepdf.Pdf,
    face: CardFace,
    words: Sequence[_Word],
    design: _Design,
    fonts: pikepdf.Object,
    runs: dict[Line, list[Run]],
) -> None:
    pictures = {Side.BACK: one_bit_object(out, qr_image(face.url)), Side.FRONT: None}
    if face.photo is not None:
        pictures[Side.FRONT] = jpeg_object(out, face.photo)
    for side in Side:
        content = [b"q /Design Do Q"]
        resources = Dictionary(Font=fonts, XObject=Dictionary(Design=design.forms[side]))
        if pictures[side] is not None:
            resources.XObject.Picture = pictures[side]
            content.append(_picture(side, pictures[side]))
        content.append(_text([word for word in words if word.side is side], runs))
        page = Dictionary(
            Type=Name.Page, Resources=resources, Contents=out.make_stream(b"\n".join(content)), **design.page
        )
        out.pages.append(pikepdf.Page(out.make_indirect(page)))


def _picture(side: Side, picture: pikepdf.Object) -> bytes:
    """Draw a picture in its box, whole and centred; a photograph never larger than at 300 dots an inch."""
    left, top, width, height = boxes.PHOTO if side is Side.FRONT else boxes.QR
    scale = min(width / picture.Width, height / picture.Height)
    if side is Side.FRONT:
        scale = min(scale, 25.4 / 300)
    shown = picture.Width * scale, picture.Height * scale
    x = left + (width - shown[0]) / 2
    y = HEIGHT_MM - top - (height + shown[1]) / 2
    matrix = " ".join(
        f"{value * POINTS_A_MM:.4f}" if value else "0" for value in (shown[0], 0, 0, shown[1], x, y)
    )
    return f"q {matrix} cm /Picture Do Q".encode()


def _text(words: Iterable[_Word], runs: dict[Line, list[Run]]) -> bytes:
    """Write lines in CSS pixels from the top left corner, as they were set."""
    content = [f"q 0.75 0 0 -0.75 0 {HEIGHT_MM * POINTS_A_MM:.4f} cm BT".encode()]
    for line, x_mm, baseline_mm, colour, _side in words:
        channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
        content.append(" ".join(f"{channel:.3f}" for channel in channels).encode() + b" rg")
        content.extend(run.drawn_at(x_mm * PX_A_MM, baseline_mm * PX_A_MM) for run in runs.get(line, ()))
    content.append(b"ET Q")
    return b"\n".join(content)
