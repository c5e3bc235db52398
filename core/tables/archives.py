"""Archives that people send, looked at before anything is unpacked."""

import zipfile
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

ZIP_MAGIC = b"PK\x03\x04"
MOST_ENTRIES = 2000
_DAMAGED = (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError)


def check_archive(
    path: Path, *, most_entries: int = MOST_ENTRIES, most_bytes: int | None = None
) -> list[str]:
    """The names of an archive's files.

    Raises:
        ValidationError: damaged, locked, with too many files, too large unpacked, packed too tightly to be
            honest, or with a name that leads elsewhere.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except _DAMAGED as error:
        raise ValidationError(_("The file is damaged or cut short. Send it again."), code="broken") from error
    if len(entries) > most_entries:
        raise ValidationError(
            _("The archive holds too many files: at most %(most)s."),
            code="too_many_files",
            params={"most": most_entries},
        )
    for entry in entries:
        _check_entry(entry)
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    most_bytes = most_bytes or settings.IMPORT_MAX_UNPACKED_BYTES
    if unpacked > most_bytes or unpacked > max(packed, 1024) * settings.IMPORT_MAX_RATIO:
        raise ValidationError(_("The file becomes too large when it is unpacked."), code="bomb")
    return [entry.filename for entry in entries if not entry.is_dir()]


def _check_entry(entry: zipfile.ZipInfo) -> None:
    name = entry.filename.replace("\\", "/")
    parts = PurePosixPath(name).parts
    drive = len(name) > 1 and name[1] == ":"
    # A link's mode says so; what it leads to is nobody's business here.
    is_link = (entry.external_attr >> 16) & 0o170000 == 0o120000
    if name.startswith("/") or drive or ".." in parts or is_link:
        raise ValidationError(_("The archive holds a file whose name leads elsewhere."), code="path")
    if entry.flag_bits & 0x1:
        raise ValidationError(_("The file is locked with a password. Send it without one."), code="locked")
