"""Colours of a card, and whether words on them can be read by everybody."""

import re
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cards.card_design.boxes import INK

# WCAG 2.2, success criterion 1.4.3: small words need 4.5. Names are held to more (1.4.6): cards are worn.
READABLE, WELL_READABLE = 4.5, 7.0
WHITE, HEAD, LABEL = "#ffffff", "#fffefb", "#5f5443"
_COLOUR = re.compile(r"#[0-9a-f]{6}")


class Pair(NamedTuple):
    """Words in one colour on another, and the setting that decides on it."""

    field: str
    words: str
    ground: str
    least: float
    message: str | Promise


def validate_colour(value: str) -> None:
    """Raises ValidationError unless the value is `#` with six small hexadecimal digits."""
    if not _COLOUR.fullmatch(value):
        raise ValidationError(_("A colour is # with six digits, such as #0b5d4a."), code="colour")


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21, as WCAG 2.2 defines it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mix(colour: str, ground: str, share: float) -> str:
    """Return `share` (0 to 1) of a colour on a ground."""
    pairs = zip(_channels(colour), _channels(ground), strict=True)
    return "#" + "".join(f"{round(one * share + other * (1 - share)):02x}" for one, other in pairs)


def tint(colour: str) -> str:
    """Return the colour mixed half and half with white: how the kind stands out on its band."""
    return mix(colour, WHITE, 0.5)


def pale_pairs(*, band: str, accent: str, paper: str) -> list[tuple[Pair, float]]:
    """Return what on such a card could not be read well, each with the contrast that it has."""
    pairs = (
        Pair("band", WHITE, band, READABLE, _("White words on the band need a darker colour")),
        Pair("band", band, HEAD, READABLE, _("The chamber's name on white needs a darker colour")),
        Pair("accent", tint(accent), band, READABLE, _("The kind on the band needs a lighter accent")),
        Pair("paper", INK, paper, WELL_READABLE, _("Names need a lighter ground")),
        Pair("paper", LABEL, paper, READABLE, _("Small labels need a lighter ground")),
    )
    measured = ((pair, contrast(pair.words, pair.ground)) for pair in pairs)
    return [(pair, found) for pair, found in measured if found < pair.least]


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
