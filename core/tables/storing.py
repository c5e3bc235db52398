"""A file that a browser sent, on disk for as long as it is looked at."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.core.files.uploadedfile import UploadedFile


@contextmanager
def on_disk(upload: UploadedFile) -> Iterator[Path]:
    """The path of what was sent; small files are written down first."""
    if hasattr(upload, "temporary_file_path"):
        yield Path(upload.temporary_file_path())
        return
    with NamedTemporaryFile() as file:
        for part in upload.chunks():
            file.write(part)
        file.flush()
        yield Path(file.name)
    upload.seek(0)
