"""The answer to an access request on the chamber's paper."""

from pathlib import Path

from django.utils import timezone
from django.utils.translation import get_language

from core.models import Chamber
from core.papers import LANGUAGES, render_paper
from registry.held_data import Section
from registry.models import Registrant

_STYLE = Path(__file__).with_name("data_paper.css")


def data_paper(registrant: Registrant, sections: list[Section]) -> bytes:
    """An A4 PDF in the reader's language with every section.

    Raises:
        PdfError: the page could not be rendered whole.
    """
    language = get_language() or ""
    return render_paper(
        "registry/pdf/held_data.html",
        chamber=Chamber.objects.select_related("region").get(region_id=registrant.region_id),
        dated=timezone.localdate(),
        language=language if language in LANGUAGES else "ar",
        reference=registrant.nia or "",
        signed=False,
        context={"registrant": registrant, "sections": sections},
        files={"data.css": _STYLE},
    )
