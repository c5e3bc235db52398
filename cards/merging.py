"""One PDF out of a batch's chunks, at a memory that does not grow with the batch.

General tools hold every object of every page at once: 300 MB for 10,000 cards. The chunks are our own files,
plainly written (one table of offsets, no object streams), so that their objects can be copied one chunk after
the other with their numbers shifted, under one tree of pages.
"""

import re
from collections.abc import Iterable
from hashlib import md5
from pathlib import Path
from typing import BinaryIO

_REFERENCE = re.compile(rb"\b(\d+) 0 R\b")
_OBJECT = re.compile(rb"(\d+) 0 obj\n")
_TRAILER = re.compile(rb"trailer << .*?/Root (\d+) 0 R .*?/ID \[<([0-9a-f]+)>", re.DOTALL)
_PAGES = re.compile(rb"/Pages (\d+) 0 R")
_COUNT = re.compile(rb"/Count (\d+)")
# The merged file's own catalogue and the root of its pages; the chunks' objects follow.
_CATALOGUE, _ROOT = 1, 2
_FREE = b"0000000000 65535 f \n"


class MergeError(Exception):
    """A file is not one that `render_cards` wrote."""


def merge_pdfs(parts: Iterable[Path], out: Path) -> None:
    """Put files of `render_cards` together in the order given: the same bytes for the same files."""
    offsets: dict[int, int] = {}
    trees: list[tuple[int, int]] = []
    last, identity = _ROOT, md5(usedforsecurity=False)
    with out.open("wb") as file:
        file.write(b"%PDF-1.5\n%\xbf\xf7\xa2\xfe\n")
        for part in parts:
            chunk = _Chunk(part.read_bytes(), shift=last)
            chunk.copy(file, offsets)
            trees.append((chunk.pages + last, chunk.count))
            identity.update(chunk.identity)
            last += chunk.size
        offsets[_CATALOGUE] = file.tell()
        file.write(b"%d 0 obj\n<< /Pages %d 0 R /Type /Catalog >>\nendobj\n" % (_CATALOGUE, _ROOT))
        offsets[_ROOT] = file.tell()
        kids = b" ".join(b"%d 0 R" % number for number, _count in trees)
        count = sum(count for _number, count in trees)
        file.write(b"%d 0 obj\n<< /Count %d /Kids [ %b ] /Type /Pages >>\nendobj\n" % (_ROOT, count, kids))
        _write_table(file, offsets, last + 1, identity.hexdigest().encode())


class _Chunk:
    """One file: its objects by number, read through its table of offsets."""

    def __init__(self, content: bytes, *, shift: int):
        self.content = content
        self.shift = shift
        self.places, trailer = self._table()
        found = _TRAILER.match(trailer)
        if not found:
            raise MergeError("no trailer")
        self.size = len(self.places)
        self.catalogue, self.identity = int(found[1]), found[2]
        self.pages = self._number(_PAGES, self.catalogue)
        self.count = self._number(_COUNT, self.pages)

    def copy(self, file: BinaryIO, offsets: dict[int, int]) -> None:
        """Write every object but the catalogue, and note where."""
        for number in range(1, self.size):
            if number == self.catalogue:
                continue
            words, stream = self._object(number)
            words = _REFERENCE.sub(lambda match: b"%d 0 R" % (int(match[1]) + self.shift), words)
            if number == self.pages:
                words = words.replace(b"<< ", b"<< /Parent %d 0 R " % _ROOT, 1)
            offsets[number + self.shift] = file.tell()
            file.write(b"%d 0 obj\n" % (number + self.shift))
            file.write(words)
            file.write(stream)

    def _table(self) -> tuple[list[int], bytes]:
        start = self.content.rfind(b"startxref\n")
        at = int(self.content[start + 10 :].split(b"\n", 1)[0]) if start > 0 else 0
        head = re.compile(rb"xref\n0 (\d+)\n").match(self.content, at)
        if not head:
            raise MergeError("no table of offsets")
        lines = self.content[head.end() :].split(b"\n", int(head[1]))
        self.end = at
        return [int(line[:10]) for line in lines[:-1]], lines[-1]

    def _object(self, number: int) -> tuple[bytes, memoryview]:
        """Return an object's words, and what follows them untouched: the data of a stream, or nothing."""
        start = self.places[number]
        end = self.places[number + 1] if number + 1 < self.size else self.end
        head = _OBJECT.match(self.content, start)
        if not head or int(head[1]) != number or end <= start:
            raise MergeError(f"no object {number} where the table says")
        data = self.content.find(b"\nstream\n", head.end(), end)
        words_end = data if data >= 0 else end
        return self.content[head.end() : words_end], memoryview(self.content)[words_end:end]

    def _number(self, pattern: re.Pattern[bytes], number: int) -> int:
        found = pattern.search(self._object(number)[0])
        if not found:
            raise MergeError(f"object {number} is not what the file needs")
        return int(found[1])


def _write_table(file: BinaryIO, offsets: dict[int, int], size: int, identity: bytes) -> None:
    start = file.tell()
    file.write(b"xref\n0 %d\n" % size)
    file.writelines(
        b"%010d 00000 n \n" % offsets[number] if number in offsets else _FREE for number in range(size)
    )
    file.write(
        b"trailer << /Root %d 0 R /Size %d /ID [<%b><%b>] >>\nstartxref\n%d\n%%%%EOF\n"
        % (_CATALOGUE, size, identity, identity, start)
    )
