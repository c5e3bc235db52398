"""An offer on paper and as a picture: an A5 leaflet for a wall or a pocket, and what a sent link shows.

Both say what the page says and nothing else; a code leads back to the page, which is never out of date.
"""

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import pikepdf
import pypdfium2
from django.urls import reverse

from core.links import absolute, qr_png
from core.models import Region
from core.papers import issuer, render_paper
from partners.models import Branch, Offer

STYLE, PICTURE_STYLE = (Path(__file__).with_name(name) for name in ("leaflet.css", "picture.css"))
PICTURE_WIDTH = 1200


class Fit(NamedTuple):
    """How much of an offer is put on the page; the code leads to the rest."""

    size: str
    most_signs: int
    most_places: int


# The first that leaves one page is taken.
FITS = (Fit("usual", 600, 6), Fit("small", 420, 5), Fit("small", 220, 3), Fit("small", 90, 1))


def leaflet_pdf(offer: Offer, *, language: str, region: Region | None, dated: date) -> bytes:
    """One A5 page: what, how, terms or where to ask for them, places, a code.

    Args:
        offer: as `OfferQuerySet.with_page` gives it.
        region: whose chamber is named, and whose places; None for the whole country.
        dated: the day on which it was printed.
    """
    address = absolute(reverse("partners:offer", args=[offer.pk]))
    places = Branch.objects.of_offer(offer).with_places().by_place()
    if region:
        places = places.in_region(region.pk)
    count, first = places.count(), list(places[: FITS[0].most_places])
    pdf = b""
    for fit in FITS:
        context = {
            "offer": offer,
            "address": address,
            "places": first[: fit.most_places],
            "more_places": max(0, count - fit.most_places),
            "most_signs": fit.most_signs,
            "size": fit.size,
            "named_chamber": region is not None,
        }
        pdf = render_paper(
            "partners/pdf/leaflet.html",
            chamber=issuer(region),
            dated=dated,
            language=language,
            signed=False,
            context=context,
            files={"leaflet.css": STYLE, "code.png": qr_png(address, border=1)},
        )
        with pikepdf.open(BytesIO(pdf)) as made:
            if len(made.pages) == 1:
                break
    return pdf


def picture_png(offer: Offer, *, language: str) -> bytes:
    """1200 by 630 points: the offer's name and its partner, as a sent link shows them."""
    pdf = render_paper(
        "partners/pdf/picture.html",
        chamber=issuer(None),
        dated=offer.published_on,
        language=language,
        signed=False,
        context={"offer": offer},
        files={"picture.css": PICTURE_STYLE},
    )
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        picture = page.render(scale=PICTURE_WIDTH / page.get_width()).to_pil()
        out = BytesIO()
        picture.convert("P", palette=1, colors=64).save(out, "PNG", optimize=True)
        return out.getvalue()
    finally:
        document.close()
