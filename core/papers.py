"""What is printed for people on the chamber's paper: A4, in Arabic or in French.

A paper is a template that extends `core/pdf/_paper.html`. The same words give the same bytes: everything
that it says is given, nothing is read from the clock.
"""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.db.models.fields.files import FieldFile
from django.template.loader import render_to_string
from django.utils.translation import override

from core.models import Chamber, Region
from core.pdf import render_pdf
from core.templatetags.portal import ltr, spoken_phone

LANGUAGES = ("ar", "fr")
STYLE = Path(__file__).with_name("paper.css")
# For papers with charts and tables of figures: handed in among their files.
FIGURES_STYLE = Path(__file__).with_name("figures.css")
# Where the chamber has given no emblem of its own.
MARK = Path(__file__).with_name("khatim.svg")
# Where the paper is no chamber's in particular: the register's own name is its heading.
_REGISTER = {
    "name_ar": "السجل الوطني للصناعة التقليدية",
    "name_fr": "Registre national de l'artisanat (RNA)",
}
# WeasyPrint does not isolate a `bdi`: the characters that do are put where it begins and ends.
_ISOLATES = (
    (re.compile(r'(<bdi dir="ltr"[^>]*>)'), "\\1\u2066"),
    (re.compile(r"(<bdi>)"), "\\1\u2068"),
    (re.compile(r"(</bdi>)"), "\u2069\\1"),
)


def issuer(region: Region | None) -> Chamber:
    """The chamber on whose paper it stands; without a region, the register itself."""
    return Chamber.objects.get(region=region) if region else Chamber(**_REGISTER)


def render_paper(
    template: str,
    *,
    chamber: Chamber,
    dated: date,
    language: str = "ar",
    reference: str = "",
    signed: bool = True,
    context: Mapping[str, Any] | None = None,
    files: Mapping[str, Path | bytes] | None = None,
) -> bytes:
    """The PDF of a paper of this chamber.

    Args:
        language: of the whole paper, whoever reads the portal in which; the direction follows it.
        reference: the number under which the chamber keeps it; shown on every page.
        signed: whether it ends with the signatory of the chamber's settings.
        files: pictures of its own, that the template names as `portal:<name>`.
    """
    given: dict[str, Path | bytes] = {"paper.css": STYLE, "mark.svg": MARK, **(files or {})}
    with override(language):
        heading = {
            "direction": "rtl" if language == "ar" else "ltr",
            "chamber": chamber.name,
            "authority": settings.PAPER_AUTHORITY.get(language, ""),
            "logo": _picture("logo", chamber.logo, given) or "mark.svg",
            "foot": [
                words
                for words in (_of(chamber, "address", language), ltr(spoken_phone(chamber.phone)))
                if words
            ],
            "reference": reference,
            "dated": dated,
            "signed": signed,
            "signatory_title": _of(chamber, "signatory_title", language),
            "signatory_name": _of(chamber, "signatory_name", language),
            "signature": _picture("signature", chamber.signature, given) if signed else "",
            "is_demo": settings.DEMO_NOTICE,
        }
        html = render_to_string(template, heading | dict(context or {}))
    for mark, isolated in _ISOLATES:
        html = mark.sub(isolated, html)
    return render_pdf(html, files=given)


def _of(chamber: Chamber, field: str, language: str) -> str:
    """What the chamber's settings say in this language, else in the other."""
    in_order = [language, *(other for other in LANGUAGES if other != language)]
    return next(filter(None, (getattr(chamber, f"{field}_{code}") for code in in_order)), "")


def _picture(name: str, stored: FieldFile, given: dict[str, Path | bytes]) -> str:
    """Hand a picture of the chamber to the page under a plain name; none where there is none."""
    if not stored or not stored.storage.exists(stored.name):
        return ""
    plain = f"{name}{PurePosixPath(stored.name).suffix.lower()}"
    with stored.storage.open(stored.name, "rb") as content:
        given[plain] = content.read()
    return plain
