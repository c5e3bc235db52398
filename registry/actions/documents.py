"""Scans beside applications: added to a file at any time, taken away with a reason."""

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.arabic import clean
from core.exceptions import ActionRefused
from core.models import User
from registry.actions.data import ScannedDocument
from registry.actions.flags import refresh_flags
from registry.models import Document, Registrant


@transaction.atomic
def add_document(*, registrant: Registrant, scanned: ScannedDocument, by: User) -> Document:
    """Put one more scan into a person's file."""
    locked = Registrant.objects.select_for_update().get(pk=registrant.pk)
    document = Document.objects.create(
        registrant=locked,
        kind=scanned.kind,
        file=scanned.content,
        content_type=scanned.content_type,
        uploaded_by=by,
    )
    refresh_flags(locked)
    _record("registry.document.added", document, by, {}, {"kind": document.kind})
    return document


@transaction.atomic
def remove_document(*, document: Document, reason: str, by: User) -> None:
    """Take a scan out of a file, for a reason that the trail keeps; its content is gone.

    Raises:
        ActionRefused: no reason, or it is gone already.
    """
    why = clean(reason)
    if not why:
        raise ActionRefused(_("Give a reason."))
    locked = Registrant.objects.select_for_update().get(pk=document.registrant_id)
    held = locked.documents.filter(pk=document.pk).first()
    if held is None:
        raise ActionRefused(_("This document was removed already."))
    storage, name = held.file.storage, held.file.name
    _record("registry.document.removed", held, by, {"kind": held.kind}, {}, reason=why)
    held.delete()
    refresh_flags(locked)
    transaction.on_commit(lambda: storage.delete(name))


def _record(
    action: str, document: Document, by: User, before: dict, after: dict, *, reason: str = ""
) -> None:
    audit.record(
        action=action,
        by=by,
        subject=document.registrant,
        region_code=document.registrant.region_id,
        before=before,
        after=after,
        reason=reason,
    )
