"""The receipt of an application: what the person takes home, with a code that leads to the tracking page."""

from pathlib import Path

from django.utils import timezone

from core.links import qr_png
from core.models import Chamber
from core.papers import render_paper
from registry.models import Application, RegisterRules

STYLE = Path(__file__).with_name("receipt.css")
# Pixels a module: sharp when printed at 28 mm, small in the file.
SCALE = 8


def receipt_pdf(application: Application, *, tracking_url: str, tracking_form: str, language: str) -> bytes:
    """The PDF, in Arabic or in French; the same application gives the same bytes."""
    registrant = application.registrant
    return render_paper(
        "registry/pdf/receipt.html",
        chamber=Chamber.objects.get(region_id=registrant.region_id),
        dated=timezone.localdate(application.submitted_at),
        language=language,
        reference=application.tracking_number,
        signed=False,
        context={
            "application": application,
            "registrant": registrant,
            "tracking_form": tracking_form,
            "days_to_decide": RegisterRules.objects.of(registrant.region_id).days_to_decide,
        },
        files={"code.png": qr_png(tracking_url, scale=SCALE), "receipt.css": STYLE},
    )
