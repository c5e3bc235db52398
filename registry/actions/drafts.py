"""Drafts of the counter: kept at every step, handed in once, or discarded."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.exceptions import ActionRefused
from core.models import User
from registry.actions.applications import change_application, open_application, submit_application
from registry.actions.data import ApplicationData
from registry.models import Application, ApplicationDraft, DraftUpload


@dataclass(frozen=True)
class CheckedFile:
    """A file saved anew by `core.images`, with what speaks against it when it is a photograph."""

    content: ContentFile
    content_type: str
    findings: list[str] = field(default_factory=list)


@transaction.atomic
def save_draft(
    *,
    key: UUID,
    values: Mapping[str, Any] | None,
    files: Mapping[str, CheckedFile],
    version: int | None,
    by: User,
    application: Application | None = None,
) -> ApplicationDraft:
    """Keep what was typed so far; the first time makes the draft. `values` is None when only files came.

    Raises:
        ActionRefused: handed in or discarded already, or somebody else went on with it since this page was
            opened (`version` is the draft's at that time).
    """
    draft = _open_draft(key, application, by)
    if version is not None and version < draft.version and draft.saved_by_id != by.pk:
        raise ActionRefused(_("Somebody else is working on this draft. Open it again to see their changes."))
    if values is not None:
        draft.values = dict(values)
    if DraftUpload.PHOTOGRAPH in files:
        # Another picture is looked at anew.
        draft.values.get("fields", {}).pop("photograph_accepted", None)
    draft.saved_by = by
    draft.version += 1
    draft.save()
    for slot, checked in files.items():
        _keep_file(draft, slot, checked)
    return draft


@transaction.atomic
def submit_draft(*, draft: ApplicationDraft, data: ApplicationData, by: User) -> Application:
    """Make the application that the draft was for, hand it in and empty the draft. Twice is once.

    Raises:
        ActionRefused: discarded, somebody changed the file meanwhile, or what the actions on applications
            refuse. Then the draft stays as it is.
    """
    locked = ApplicationDraft.objects.select_for_update().get(pk=draft.pk)
    if locked.closed_at is not None:
        if locked.application is None:
            raise ActionRefused(_("This draft was discarded."))
        return locked.application
    if locked.application is None:
        application = open_application(data=data, by=by)
    else:
        application = change_application(
            application=locked.application, data=data, version=locked.base_version or 0, by=by
        )
    application = submit_application(application=application, by=by)
    empty_draft(locked, application)
    return application


@transaction.atomic
def discard_draft(*, draft: ApplicationDraft, by: User) -> None:
    """Throw away what was typed; an application that was being corrected stays as it was."""
    locked = ApplicationDraft.objects.select_for_update().get(pk=draft.pk)
    if locked.closed_at is not None:
        raise ActionRefused(_("This draft is closed already."))
    empty_draft(locked, locked.application)
    audit.record(action="registry.draft.discarded", by=by, subject=locked, region_code=locked.region_id)


def _open_draft(key: UUID, application: Application | None, by: User) -> ApplicationDraft:
    """The draft under its lock, made if need be; of an application sent back there is one open draft."""
    wanted = {"application": application, "closed_at": None} if application else {"key": key}
    first = {
        "key": key,
        "region_id": application.registrant.region_id if application else by.region_id,
        "base_version": application.registrant.version if application else None,
        "entered_by": by,
        "saved_by": by,
    }
    draft, made = ApplicationDraft.objects.select_for_update().get_or_create(**wanted, defaults=first)
    if draft.region_id != first["region_id"] or draft.closed_at is not None:
        raise ActionRefused(_("This draft is closed already."))
    if made:
        audit.record(action="registry.draft.opened", by=by, subject=draft, region_code=draft.region_id)
    return draft


def _keep_file(draft: ApplicationDraft, slot: str, checked: CheckedFile) -> None:
    kept = draft.uploads.filter(slot=slot).first() or DraftUpload(draft=draft, slot=slot)
    _forget_file(kept)
    kept.content_type, kept.findings = checked.content_type, list(checked.findings)
    checked.content.seek(0)
    kept.file.save(checked.content.name, checked.content, save=False)
    kept.save()


def empty_draft(draft: ApplicationDraft, application: Application | None) -> None:
    """The row stays, empty, so that a late save cannot bring the draft back."""
    for upload in draft.uploads.all():
        _forget_file(upload)
    draft.uploads.all().delete()
    draft.values, draft.closed_at, draft.application = {}, timezone.now(), application
    draft.save()


def _forget_file(upload: DraftUpload) -> None:
    """The file goes once the change is certain."""
    if upload.file:
        storage, name = upload.file.storage, upload.file.name
        transaction.on_commit(lambda: storage.delete(name))
