"""PDFs from HTML, with nothing fetched but the files that were given.

WeasyPrint logs what it cannot fetch or read and goes on, which would let a page reach into the network or the
disk unseen, and would print an identity card without its photograph. Here either is an error.
"""

import logging
import mimetypes
import os
import threading
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from PIL import ImageFile

from core.fonts import FONTS, Font

with warnings.catch_warnings():
    # Where the system lacks libharfbuzz-subset, fontTools makes the subsets: slower, as good.
    warnings.filterwarnings("ignore", message="HarfBuzz-Subset", category=DeprecationWarning)
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher, URLFetcherResponse

# WeasyPrint's import has Pillow take pictures that are cut short, everywhere: `core.images` refuses them.
ImageFile.LOAD_TRUNCATED_IMAGES = False

# fontTools would write the time into each subset, and the same page would not give the same bytes.
os.environ.setdefault("SOURCE_DATE_EPOCH", "0")

# One line a page and a font is noise in a worker's log.
for _logger in ("weasyprint.progress", "fontTools"):
    logging.getLogger(_logger).setLevel(logging.WARNING)

# `<img src="portal:photo.jpg">` names an entry of `files`.
SCHEME = "portal:"


class PdfError(Exception):
    """The page could not be rendered whole."""


class FetchRefused(PdfError):
    """The page asked for something that it was not given."""


def render_pdf(html: str, *, files: Mapping[str, Path | bytes], fonts: Sequence[Font] = FONTS) -> bytes:
    """Return the PDF of a page: the same bytes for the same input.

    `files` is all that the page may ask for, as `portal:<name>`; names are plain ASCII and their ending tells
    the type. The house's fonts are there by their family names. Raises FetchRefused, or PdfError where a
    given file is broken.
    """
    fetcher = _GivenFiles(files, fonts)
    # One configuration a document: Pango's font maps must not be shared by threads, and a configuration kept
    # for long leaves its copies of the fonts behind when a worker is killed.
    configuration = FontConfiguration()
    with _errors_logged() as errors:
        faces = CSS(string=_font_faces(fonts), font_config=configuration, url_fetcher=fetcher)
        page = HTML(string=html, base_url=SCHEME, url_fetcher=fetcher)
        pdf = page.write_pdf(stylesheets=[faces], font_config=configuration, pdf_identifier=b"portal")
    if fetcher.refused:
        raise FetchRefused(", ".join(fetcher.refused))
    if errors:
        raise PdfError("; ".join(errors))
    return pdf


class _GivenFiles(URLFetcher):
    """Answers the names it was given and remembers what else was asked."""

    def __init__(self, files: Mapping[str, Path | bytes], fonts: Sequence[Font]):
        super().__init__(allowed_protocols=[SCHEME.removesuffix(":")], allow_redirects=False)
        self.files = files
        self.fonts = {f"{font.name}.ttf": font for font in fonts}
        self.refused: list[str] = []

    def fetch(self, url, headers=None):
        name = url.removeprefix(SCHEME)
        if url != name and name in self.files:
            content = self.files[name]
            body = content.read_bytes() if isinstance(content, Path) else content
        elif url != name and name in self.fonts:
            body = self.fonts[name].ttf()
        else:
            self.refused.append(url[:200])
            raise ValueError("not given")
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, body, {"Content-Type": kind})


def _font_faces(fonts: Sequence[Font]) -> str:
    return "".join(
        f'@font-face {{ font-family: "{font.family}"; font-weight: {font.weight};'
        f" src: url({SCHEME}{font.name}.ttf) }}"
        for font in fonts
    )


@contextmanager
def _errors_logged() -> Iterator[list[str]]:
    """Collect what WeasyPrint logs as an error in this thread."""
    errors: list[str] = []
    thread = threading.get_ident()

    class Collector(logging.Handler):
        def emit(self, record):
            if record.thread == thread:
                errors.append(record.getMessage())

    collector = Collector(level=logging.ERROR)
    logger = logging.getLogger("weasyprint")
    logger.addHandler(collector)
    try:
        yield errors
    finally:
        logger.removeHandler(collector)
