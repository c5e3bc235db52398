"""Photographs of a meeting: added, captioned, put in order, shown to the public with consent."""

from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core import audit
from core.arabic import clean
from core.exceptions import ActionRefused
from core.models import User
from events.actions.meanwhile import check_place, check_version
from events.enums import PhotographConsent
from events.models import Meeting, MeetingPhotograph

PHOTOGRAPH_FIELDS = ("caption_ar", "caption_fr", "consent", "consent_note", "is_public")
MOST = 60


@transaction.atomic
def add_photograph(
    *, meeting: Meeting, picture: ContentFile, fields: dict[str, Any], by: User
) -> MeetingPhotograph:
    """Add a photograph, saved anew by `core.images` before, at the end of the order.

    Raises:
        ActionRefused: too many, or shown to the public without consent.
    """
    # One at a time, so that two do not take the same place.
    Meeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)
    known = MeetingPhotograph.objects.filter(meeting=meeting)
    if known.count() >= MOST:
        raise ActionRefused(_("A meeting keeps at most %(most)s photographs.") % {"most": MOST})
    last = known.aggregate(last=Max("position"))["last"] or 0
    added = MeetingPhotograph(meeting=meeting, position=last + 1, added_by=by)
    _fill(added, fields)
    added.file.save("meeting.jpg", picture, save=False)
    added.save()
    _record("events.photograph.added", added, by)
    return added


@transaction.atomic
def change_photograph(
    *, photograph: MeetingPhotograph, fields: dict[str, Any], version: int | None, by: User
) -> MeetingPhotograph:
    """Change caption and consent; where consent goes, the public page loses the picture.

    Raises:
        ChangedMeanwhile: somebody else changed them since the form was opened (`version`), or removed it.
        ActionRefused: shown to the public without consent, or consent without saying how.
    """
    locked = MeetingPhotograph.objects.select_for_update(of=("self",)).get(pk=photograph.pk)
    check_version(locked, version)
    _fill(locked, fields)
    locked.version += 1
    locked.save()
    _record("events.photograph.changed", locked, by)
    return locked


@transaction.atomic
def remove_photograph(*, photograph: MeetingPhotograph, by: User) -> None:
    """Delete a photograph and its file, for instance because somebody in it asks for it."""
    locked = MeetingPhotograph.objects.select_for_update(of=("self",)).filter(pk=photograph.pk).first()
    if locked is None:
        return
    storage, name = locked.file.storage, locked.file.name
    _record("events.photograph.removed", locked, by)
    locked.delete()
    transaction.on_commit(lambda: storage.delete(name))


@transaction.atomic
def move_photograph(*, photograph: MeetingPhotograph, steps: int, seen: int, by: User) -> None:
    """Show a photograph so many places later, or earlier where `steps` is below zero.

    Args:
        seen: its `position` on the page that the reader had before them.

    Raises:
        ChangedMeanwhile: somebody else moved or removed it since.
    """
    meeting = Meeting.objects.select_for_update(no_key=True).get(pk=photograph.meeting_id)
    album = list(MeetingPhotograph.objects.select_for_update().filter(meeting=meeting).order_by("position"))
    place = next((place for place, one in enumerate(album) if one.pk == photograph.pk), None)
    check_place(album[place].position if place is not None else None, seen)
    moved = album.pop(place)
    album.insert(min(max(place + steps, 0), len(album)), moved)
    for position, one in enumerate(album, start=1):
        one.position = position
    # The constraint waits for the end of the transaction: places change hands in between.
    MeetingPhotograph.objects.bulk_update(album, ["position"])
    audit.record(action="events.photograph.ordered", by=by, subject=meeting, region_code=meeting.region_id)


def _fill(photograph: MeetingPhotograph, fields: dict[str, Any]) -> None:
    for name in PHOTOGRAPH_FIELDS:
        value = fields[name]
        setattr(photograph, name, clean(value) if isinstance(value, str) else value)
    if photograph.is_public and photograph.consent == PhotographConsent.NONE:
        raise ActionRefused(_("A photograph is shown to the public only with consent."))
    if photograph.consent == PhotographConsent.GIVEN and not photograph.consent_note:
        raise ActionRefused(_("Say how the people in it agreed."))
    if not photograph.caption_ar:
        raise ActionRefused(_("Give the caption in Arabic."))


def _record(action: str, photograph: MeetingPhotograph, by: User) -> None:
    audit.record(
        action=action,
        by=by,
        subject=photograph.meeting,
        label=photograph.caption_ar,
        region_code=photograph.meeting.region_id,
        after={"consent": photograph.consent, "public": photograph.is_public},
    )
