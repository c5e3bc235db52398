"""Reading a PDF back: its words page by page, and what it looks like."""

import pypdfium2
from PIL import Image
from rapidfuzz import fuzz


def words_of(pdf: bytes) -> list[str]:
    """The text of each page; isolating marks and line ends become blanks."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    return [" ".join(page.split()) for page in pages]


def picture_of(pdf: bytes, *, page: int = 0, scale: float = 1) -> Image.Image:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return document[page].render(scale=scale).to_pil()
    finally:
        document.close()


def says(page: str, words: str) -> bool:
    """Whether a page holds the words.

    Where Amiri draws a letter with two glyphs WeasyPrint tells a reader of the file the letter once and
    nothing of the second: a letter in thirty reads back as a stray mark. Other words are much further apart.
    """
    return words in page or (not words.isascii() and fuzz.partial_ratio(words, page) >= 90)
