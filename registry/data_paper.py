"""The answer to an access request on paper."""

from pathlib import Path

from django.template.loader import render_to_string
from django.utils import timezone

from core.models import Chamber
from core.pdf import render_pdf
from registry.held_data import Section
from registry.models import Registrant

_CSS = Path(__file__).parent / "data_paper.css"


def data_paper(registrant: Registrant, sections: list[Section]) -> bytes:
    """An A4 PDF in the reader's language with every section.

    Raises:
        PdfError: the page could not be rendered whole.
    """
    context = {
        "registrant": registrant,
        "sections": sections,
        "chamber": Chamber.objects.get(region_id=registrant.region_id),
        "moment": timezone.now(),
    }
    html = render_to_string("registry/pdf/held_data.html", context)
    return render_pdf(html, files={"paper.css": _CSS})
