"""The pages of a scanned PDF as pictures: a browser on a telephone shows those, and runs nothing for them."""

from io import BytesIO

import pypdfium2
from django.http import Http404

from registry.models import Document

# Wide enough to read an attestation on a desk screen.
WIDTH = 1200
# A page of a strange shape is made smaller rather than filling the memory.
MOST_HEIGHT = 4000


def page_count(document: Document) -> int:
    with _opened(document) as pdf:
        return len(pdf)


def page_jpeg(document: Document, number: int) -> bytes:
    """One page, counted from 1, as a JPEG."""
    with _opened(document) as pdf:
        page = pdf[number - 1]
        width, height = page.get_size()
        scale = min(WIDTH / max(width, 1), MOST_HEIGHT / max(height, 1))
        picture = page.render(scale=scale).to_pil().convert("RGB")
    out = BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()


def _opened(document: Document) -> pypdfium2.PdfDocument:
    """The PDF that we wrote ourselves (see `core.scans`).

    Raises:
        Http404: its file is gone or damaged.
    """
    try:
        with document.file.open() as stored:
            return pypdfium2.PdfDocument(stored.read())
    except (FileNotFoundError, pypdfium2.PdfiumError) as error:
        raise Http404 from error
