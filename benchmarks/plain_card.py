"""The plain path: each card laid out whole, by itself, as a WeasyPrint document of its own.

What the batch path is held to, in speed and in looks: both draw the same card.
"""

from functools import cache
from html import escape

from fontTools.ttLib import TTFont

from cards.card_design.boxes import BOXES, PHOTO, QR, Align, Box, Side
from cards.card_design.design_page import WIDTH_MM, design_html
from cards.card_design.face import CardFace
from cards.card_design.fitting import POINTS_A_MM, fit, texts
from cards.qr import qr_png
from core.fonts import TEXT, font
from core.pdf import render_pdf

_LINE_MM = 6


def render_plain(face: CardFace) -> bytes:
    """Return the two pages of one card."""
    sides = {side: "".join(_lines(face, side)) for side in Side}
    pictures = {"qr": qr_png(face.url)}
    sides[Side.BACK] += _picture("qr", QR)
    if face.photo is not None:
        pictures["photo"] = face.photo
        sides[Side.FRONT] += _picture("photo", PHOTO)
    html, files, fonts = design_html(face.design, holder=(sides[Side.FRONT], sides[Side.BACK]))
    return render_pdf(html, files=files | pictures, fonts=fonts)


def _lines(face: CardFace, side: Side):
    for name, text in texts(face).items():
        box = BOXES[name]
        if box.side is not side:
            continue
        setting = fit(text, box)
        for line, baseline in zip(setting.lines, box.baselines_mm(len(setting.lines)), strict=True):
            yield _line(line, setting.size, baseline, box)


def _line(text: str, size: float, baseline_mm: float, box: Box) -> str:
    ascent, descent = _metrics(box.weight)
    em = size / POINTS_A_MM
    top = baseline_mm - (_LINE_MM - (ascent + descent) * em) / 2 - ascent * em
    place = {
        Align.LEFT: f"left: {box.x_mm}mm",
        Align.RIGHT: f"right: {WIDTH_MM - box.x_mm:.4f}mm",
        Align.CENTRE: f"left: {box.x_mm - 20}mm; width: 40mm; text-align: center",
    }[box.align]
    figures = 'font-feature-settings: "tnum"' if box.figures else ""
    language = 'lang="ar" dir="rtl"' if box.arabic else 'lang="fr" dir="ltr"'
    return (
        f"<p {language} style='top: {top:.4f}mm;"
        f" {place}; font: {box.weight} {size}pt/{_LINE_MM}mm {TEXT}; color: {box.colour}; {figures}'>"
        f"{escape(text)}</p>"
    )


def _picture(name: str, box: tuple[float, float, float, float]) -> str:
    left, top, width, height = box
    return (
        f'<img src="portal:{name}" alt="" style="left: {left}mm; top: {top}mm; width: {width}mm;'
        f' height: {height}mm; image-rendering: {"pixelated" if name == "qr" else "auto"}">'
    )


@cache
def _metrics(weight: int) -> tuple[float, float]:
    with TTFont(font(TEXT, weight).path) as ttfont:
        em = ttfont["head"].unitsPerEm
        return ttfont["hhea"].ascent / em, -ttfont["hhea"].descent / em
