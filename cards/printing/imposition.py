"""Cards of a made batch put on other pages: the drawing of each is taken as it is, and only moved."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name

from cards.card_design.boxes import Side
from cards.card_design.design_page import HEIGHT_MM, WIDTH_MM
from cards.printing.geometry import BLEED_MM, POINTS_A_MM, Adjustment, Matrix
from cards.rendering import SAVE

_TRIM = (0, 0, WIDTH_MM * POINTS_A_MM, HEIGHT_MM * POINTS_A_MM)
_BLEED = (
    -BLEED_MM * POINTS_A_MM,
    -BLEED_MM * POINTS_A_MM,
    (WIDTH_MM + BLEED_MM) * POINTS_A_MM,
    (HEIGHT_MM + BLEED_MM) * POINTS_A_MM,
)
# Points beyond the bleed that a card's background still covers.
_SPARE = 2


class Placed(NamedTuple):
    """A side of the card at this position of the batch, and what takes it to its place."""

    position: int
    side: Side
    matrix: Matrix


class Source:
    """The pages of a batch by position, out of its files, each with the first position that it holds.

    A file is opened when a page of it is asked for; its pages are found through the tree, without a list.
    """

    def __init__(self, files: Sequence[tuple[int, Path | BytesIO]], stack: ExitStack):
        self._files = sorted(files, key=lambda file: file[0])
        self._stack = stack
        self._trees: dict[int, list[tuple[int, pikepdf.Object]]] = {}

    def page(self, position: int, side: Side) -> pikepdf.Page:
        start, file = next(found for found in reversed(self._files) if found[0] <= position)
        if start not in self._trees:
            self._trees[start] = list(self._tree(start, file))
        first, node = next(found for found in reversed(self._trees[start]) if found[0] <= position)
        return pikepdf.Page(node.Kids[2 * (position - first) + list(Side).index(side)])

    def _tree(self, first: int, file: Path | BytesIO) -> Iterator[tuple[int, pikepdf.Object]]:
        """The nodes that hold pages: a chunk's own, or one a chunk where they were merged."""
        root = self._stack.enter_context(pikepdf.open(file)).Root.Pages
        for node in [root] if root.Kids[0].Type == Name.Page else root.Kids:
            yield first, node
            first += int(node.Count) // 2


@contextmanager
def opened(*files: tuple[int, Path | BytesIO]) -> Iterator[Source]:
    """Files of a batch, each with the first position that it holds: chunks, or all of them merged."""
    with ExitStack() as stack:
        yield Source(files, stack)


def pages_for_printer(source: Source, positions: Iterable[int], adjustment: Adjustment) -> bytes:
    """Two pages a card, moved as this printer needs it: with bleed around the trim, or cut to it."""
    with pikepdf.new() as out:
        for position in positions:
            for side in Side:
                placed = [Placed(position, side, adjustment.matrix(side))]
                _add_page(out, source, placed, box=_BLEED if adjustment.bleed else _TRIM, trim=_TRIM)
        return _saved(out)


def pages_of(pdf: bytes, adjustment: Adjustment) -> bytes:
    """The same for a card's two pages that belong to no batch."""
    with opened((1, BytesIO(pdf))) as source:
        return pages_for_printer(source, [1], adjustment)


def on_sheets(source: Source, sheets: Sequence[Iterable[Placed]], ground: bytes) -> bytes:
    """Cards over the pages of `ground`, one page a sheet."""
    with pikepdf.open(BytesIO(ground)) as under, pikepdf.new() as out:
        for page, placed in zip(under.pages, sheets, strict=True):
            base = out.copy_foreign(page.as_form_xobject())
            _add_page(out, source, placed, box=tuple(map(float, page.mediabox)), under={"Ground": base})
        return _saved(out)


def isolated(text: str) -> str:
    """A name among words of another script; WeasyPrint knows no `bdi`."""
    return f"\u2068{text}\u2069"


def _add_page(
    out: pikepdf.Pdf,
    source: Source,
    placed: Iterable[Placed],
    *,
    box: Sequence[float],
    trim: Sequence[float] | None = None,
    under: Mapping[str, pikepdf.Object] | None = None,
) -> None:
    """Add a page; `trim` is given where it is a card's own page, which alone cuts the card off."""
    forms = Dictionary(**(under or {}))
    content = [f"/{name} Do".encode() for name in under or {}]
    for number, (position, side, matrix) in enumerate(placed):
        form = out.copy_foreign(_form(source.page(position, side), spare=_SPARE if trim else 0))
        forms[f"/Card{number}"] = form
        numbers = " ".join(f"{value:.4f}" for value in matrix)
        content.append(f"q {numbers} cm /Card{number} Do Q".encode())
    boxes = {"MediaBox": Array(list(map(_short, box)))}
    if trim is not None:
        boxes |= {"BleedBox": boxes["MediaBox"], "TrimBox": Array(list(map(_short, trim)))}
    page = Dictionary(
        Type=Name.Page,
        Resources=Dictionary(XObject=forms),
        Contents=out.make_stream(b"\n".join(content)),
        **boxes,
    )
    out.pages.append(pikepdf.Page(out.make_indirect(page)))


def _form(page: pikepdf.Page, *, spare: float) -> pikepdf.Object:
    form = page.as_form_xobject()
    # The form would end at the trimmed edge and lose its bleed; on a page that is moved, more than that.
    left, bottom, right, top = map(float, page.mediabox)
    form.BBox = Array([left - spare, bottom - spare, right + spare, top + spare])
    return form


def _short(value: float) -> float:
    return round(value, 4)


def _saved(out: pikepdf.Pdf) -> bytes:
    buffer = BytesIO()
    out.save(buffer, **SAVE)
    return buffer.getvalue()
