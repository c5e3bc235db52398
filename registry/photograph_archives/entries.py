"""Whose photograph each file of an archive is: by its name, which is a number, and nothing else."""

import zipfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.arabic import compact_number
from core.tables.archives import check_archive
from registry.enums import PERSON_KINDS
from registry.models import Registrant
from registry.validators import normalise_national_id

_UNKNOWN = _("Nobody on file here has this number.")
_SEVERAL = _("Several entries have this number: name the file by the registration number (NIA).")
_TWICE = _("The archive holds another photograph of the same person: the first one counts.")
# What systems put into archives by themselves.
_FOLDER = "__MACOSX"
_LITTER = (".DS_Store", "Thumbs.db", "desktop.ini")
_BLOCK = 500


@dataclass(frozen=True)
class Photograph:
    """One file of an archive: whose it is, or why it is nobody's."""

    name: str
    person: int | None = None
    refusal: str | Promise = ""


def names_in(path: Path) -> list[str]:
    """The photographs of an archive, in its order, without what systems add.

    Raises:
        ValidationError: as `core.tables.archives` says.
    """
    names = check_archive(
        path, most_entries=settings.PHOTOGRAPHS_MOST, most_bytes=settings.PHOTOGRAPHS_MAX_UNPACKED_BYTES
    )
    return [name for name in names if not _is_litter(name)]


def photographs_in(path: Path, *, region: str | None) -> list[Photograph]:
    """The same with whose each is, among the people of a region or of all; a person's first file counts."""
    names = names_in(path)
    found: list[Photograph] = []
    taken: set[int] = set()
    for start in range(0, len(names), _BLOCK):
        for one in _whose(names[start : start + _BLOCK], region):
            twice = one.person is not None and one.person in taken
            found.append(Photograph(one.name, refusal=_TWICE) if twice else one)
            if one.person is not None:
                taken.add(one.person)
    return found


def read(path: Path, name: str, most: int) -> bytes:
    """The content of a file, at most one byte more than `most`, whatever the archive says of its size.

    Raises:
        zipfile.BadZipFile, OSError, EOFError and others of `zipfile`: damaged.
    """
    with zipfile.ZipFile(path) as archive, archive.open(name) as file:
        return file.read(most + 1)


def _whose(names: Sequence[str], region: str | None) -> list[Photograph]:
    stems = {name: PurePosixPath(name.replace("\\", "/")).stem for name in names}
    compact = {compact_number(stem) for stem in stems.values()} - {""}
    identities = {normalise_national_id(stem) for stem in stems.values()} - {""}
    people = Registrant.objects.unmerged().filter(erased_at__isnull=True)
    if region:
        people = people.filter(region_id=region)
    by_number: dict[str, int] = {}
    by_identity: dict[str, list[tuple[int, str]]] = defaultdict(list)
    known = people.filter(Q(nia_compact__in=compact) | Q(national_id__in=identities))
    for key, number, identity, kind in known.values_list("pk", "nia_compact", "national_id", "kind"):
        if number:
            by_number[number] = key
        by_identity[identity].append((key, kind))
    found = []
    for name, stem in stems.items():
        key = by_number.get(compact_number(stem))
        bearers = by_identity.get(normalise_national_id(stem), [])
        # A person and the organisations they represent have one identity number: the face is the person's.
        persons = [person for person, kind in bearers if kind in PERSON_KINDS]
        alone = persons or [person for person, _kind in bearers]
        if key or len(alone) == 1:
            found.append(Photograph(name, person=key or alone[0]))
        else:
            found.append(Photograph(name, refusal=_SEVERAL if alone else _UNKNOWN))
    return found


def _is_litter(name: str) -> bool:
    last = PurePosixPath(name).name
    return _FOLDER in PurePosixPath(name).parts or last.startswith("._") or last in _LITTER
