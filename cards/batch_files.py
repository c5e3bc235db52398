"""Where the files of a batch lie. Each has one name for ever and is put in place whole or not at all.

A worker killed while writing leaves a stray temporary file and never a half of a PDF; a second worker that
makes the same chunk writes the same bytes over it.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path

from django.core.files.storage import default_storage

from cards.enums import FileLayout


def chunk_name(batch_id: int, number: int) -> str:
    return f"chunks/{batch_id}/{number:05d}.pdf"


def batch_name(batch_id: int) -> str:
    return f"batches/{batch_id}.pdf"


def file_name(file) -> str:
    """Where a file that was asked for later lies."""
    ending = "zip" if file.layout == FileLayout.PACKAGE else "pdf"
    return f"batches/{file.batch_id}/{file.pk}.{ending}"


def part_name(file_id: int, number: int) -> str:
    return f"parts/{file_id}/{number:05d}.pdf"


def parts_directory(file_id: int) -> Path:
    return path_of(part_name(file_id, 1)).parent


def path_of(name: str) -> Path:
    return Path(default_storage.path(name))


@contextmanager
def put_in_place(name: str) -> Iterator[Path]:
    """Give a path to write to; on leaving without an error the file takes its name at once."""
    final = path_of(name)
    final.parent.mkdir(parents=True, exist_ok=True)
    temporary = final.with_name(f".{final.name}.{os.getpid()}")
    try:
        yield temporary
        with temporary.open("rb") as file:
            os.fsync(file.fileno())
        temporary.replace(final)
    finally:
        temporary.unlink(missing_ok=True)


def digest(name: str) -> str:
    """SHA-256 of a file, in hexadecimal."""
    return digest_of(path_of(name))


def digest_of(path: Path) -> str:
    found = sha256()
    with path.open("rb") as file:
        while part := file.read(1 << 20):
            found.update(part)
    return found.hexdigest()


def drawn(batch) -> list[tuple[int, Path]]:
    """Where a batch's cards lie, with the first position of each file: its chunks, else its one file.

    The chunks are kept until a batch is closed: out of a file with all its cards, a few cost as much as many.
    """
    chunks = [(chunk.first_position, path_of(chunk.file.name)) for chunk in batch.chunks.all() if chunk.file]
    if chunks and all(path.exists() for _first, path in chunks):
        return chunks
    return [(1, path_of(batch.file.name))]


def discard_chunks(batch_id: int) -> None:
    """Remove what was only a step on the way to the batch's file."""
    directory = path_of(chunk_name(batch_id, 1)).parent
    # A worker that has not yet heard of a cancelled batch may be writing still.
    with suppress(OSError):
        for file in directory.iterdir():
            file.unlink(missing_ok=True)
        directory.rmdir()


def discard_batch(batch_id: int, name: str) -> None:
    """Remove a batch's file, if there is one, and its chunks."""
    if name:
        path_of(name).unlink(missing_ok=True)
    discard_chunks(batch_id)
