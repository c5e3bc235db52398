"""The layer that every card of a design shares, as a page of HTML: front, then back."""

from functools import cache, lru_cache
from pathlib import Path

from django.template.loader import render_to_string

from cards.card_design.colours import mix, tint
from cards.card_design.face import CardDesign
from cards.card_design.zellige import mark_svg, zellige_svg
from core.fonts import TEXT, TITLE, Font, font

WIDTH_MM, HEIGHT_MM = 85.60, 53.98
FONTS = (font(TEXT, 400), font(TEXT, 600), font(TEXT, 700), font(TITLE, 700))
# How much of the band's colour the pattern has: seen from near, never in the way of a word.
ZELLIGE = 0.16
_CSS = Path(__file__).with_name("card.css")


def design_html(
    design: CardDesign, *, bleed_mm: float = 0, holder: tuple[str, str] = ("", "")
) -> tuple[str, dict[str, bytes], tuple[Font, ...]]:
    """Return a page, the files that it names and its fonts; `holder` is what lies over each side, if any."""
    files = {
        "zellige.svg": _zellige(mix(design.band, design.paper, ZELLIGE)),
        "no-portrait.svg": _no_portrait(),
        "logo": design.logo or _mark(),
    }
    if not design.logo:
        files["mark.svg"] = files.pop("logo")
    if design.signature:
        files["signature"] = design.signature
    page = f"@page {{ size: {WIDTH_MM}mm {HEIGHT_MM}mm; margin: 0; bleed: {bleed_mm}mm }}"
    files["card.css"] = f"{page}\n{_colours(design)}\n{_css()}".encode()
    context = {"design": design, "holder": holder}
    return render_to_string("cards/pdf/design.html", context), files, FONTS


def _colours(design: CardDesign) -> str:
    return (
        f":root {{ --band: {design.band}; --accent: {design.accent}; --paper: {design.paper};"
        f" --tint: {tint(design.accent)} }}"
    )


@cache
def _css() -> str:
    return _CSS.read_text(encoding="utf-8")


@lru_cache(maxsize=16)
def _zellige(colour: str) -> bytes:
    return zellige_svg(WIDTH_MM + 2, HEIGHT_MM + 2, pitch=7.6, colour=colour, stroke=0.09)


@cache
def _no_portrait() -> bytes:
    return mark_svg("#efe6d2", "#faf6ec")


@cache
def _mark() -> bytes:
    return mark_svg("#0b5d4a", "#e0a526")
