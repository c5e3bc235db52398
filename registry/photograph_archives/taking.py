"""Photographs made ready, and put into the files of their people."""

import io
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import audit
from core.images import reencode_portrait
from registry.actions.duplicates import look_for_duplicates
from registry.actions.flags import refresh_flags
from registry.enums import PortraitFinding
from registry.imports.notes import Note, note, note_of
from registry.models import PhotographsJob, Registrant
from registry.photograph_archives.entries import Photograph, read
from registry.portrait_check import BLOCKING, check_portrait
from registry.signals import registrant_amended

logger = logging.getLogger(__name__)

_DAMAGED = _("The file cannot be read: it is damaged or cut short.")
_ON_FILE = _("A photograph is on file already.")
_GONE = _("This entry is not there any more.")


@dataclass(frozen=True)
class Ready:
    """A portrait saved anew, and what the machine found against it that was accepted by eye."""

    content: ContentFile
    findings: list[str]


def made_ready(path: Path, one: Photograph, *, by_eye: bool) -> Ready | Note:
    """The portrait of one file of an archive, or why it is not taken. Nothing is raised, whatever it is."""
    if one.person is None:
        return note("", one.refusal)
    try:
        content = reencode_portrait(File(io.BytesIO(read(path, one.name, settings.UPLOAD_MAX_BYTES))))
        found = check_portrait(content.read())
        content.seek(0)
    except ValidationError as error:
        return note_of("", error, "")
    except Exception as error:
        # zipfile and zlib raise many things on bytes made to hurt; one file must not stop the others. Their
        # messages quote the file's name, which is somebody's identity number.
        logger.warning("a file of an archive of photographs could not be read: %s", type(error).__name__)
        return note("", _DAMAGED)
    if found and (not by_eye or BLOCKING & set(found)):
        return note("", PortraitFinding(found[0]).label)
    return Ready(content, [str(finding) for finding in found])


def take(job: PhotographsJob, ready: Sequence[tuple[Photograph, Ready]]) -> dict[str, Note]:
    """Put portraits into people's files, in the caller's transaction; gives those not taken, with why."""
    keys = [one.person for one, _portrait in ready]
    # In the order of their keys, as everybody locks them.
    locked = {
        person.pk: person
        for person in Registrant.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    }
    refused = {}
    for one, portrait in ready:
        person = locked.get(one.person)
        if person is None or person.merged_into_id or job.region_id not in {None, person.region_id}:
            refused[one.name] = note("", _GONE)
        elif person.photograph and not job.replace:
            refused[one.name] = note("", _ON_FILE)
        else:
            _put(job, person, portrait)
    return refused


def _put(job: PhotographsJob, person: Registrant, portrait: Ready) -> None:
    before = {"photograph": "old"} if person.photograph else {}
    person.photograph.save("portrait.jpg", portrait.content, save=False)
    person.version += 1
    person.save(update_fields=["photograph", "version"])
    refresh_flags(person)
    look_for_duplicates(person.pk)
    after = {"photograph": "new", "archive": job.pk} | (
        {"findings": portrait.findings} if portrait.findings else {}
    )
    audit.record(
        action="registry.photographs.taken",
        by=job.created_by,
        subject=person,
        region_code=person.region_id,
        before=before,
        after=after,
    )
    transaction.on_commit(
        lambda: registrant_amended.send(sender=Registrant, registrant=person, fields=["photograph"])
    )
