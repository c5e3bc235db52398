"""The agenda: items added, changed, put in order, taken off. Nobody's change is overwritten unseen."""

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core import audit
from core.arabic import clean
from core.exceptions import ActionRefused
from core.models import User
from events.actions.meanwhile import ChangedMeanwhile
from events.enums import FINISHED_STATES
from events.models import AgendaAttachment, AgendaItem, Meeting

AGENDA_FIELDS = (
    "kind",
    "title_ar",
    "title_fr",
    "duration_minutes",
    "themes_ar",
    "themes_fr",
    "recipients_ar",
    "recipients_fr",
    "partners_ar",
    "partners_fr",
)


class AgendaChanged(ChangedMeanwhile):
    """Somebody else changed it since the page was opened."""


@transaction.atomic
def add_agenda_item(
    *, meeting: Meeting, fields: dict[str, Any], speakers: list, service_domains: list, by: User
) -> AgendaItem:
    """Put an item at the end of the agenda.

    Args:
        fields: values of AGENDA_FIELDS.
        speakers: invitations to this meeting.

    Raises:
        ActionRefused: the meeting is closed or cancelled.
    """
    locked = _lock_meeting(meeting)
    last = locked.agenda.aggregate(last=Max("position"))["last"] or 0
    item = AgendaItem.objects.create(meeting=locked, position=last + 1, **_cleaned(fields))
    _set_people(item, speakers, service_domains)
    _agenda_changed(locked)
    _record("events.agenda.added", item, by)
    return item


@transaction.atomic
def change_agenda_item(
    *,
    item: AgendaItem,
    fields: dict[str, Any],
    speakers: list,
    service_domains: list,
    version: int,
    by: User,
) -> AgendaItem:
    """Save changes to one item, as it was when its form was opened (`version`).

    Raises:
        AgendaChanged: somebody else changed this item since, or took it off.
        ActionRefused: the meeting is closed or cancelled.
    """
    meeting = _lock_meeting(item.meeting)
    locked = AgendaItem.objects.filter(pk=item.pk).first()
    if locked is None or locked.version != version:
        raise AgendaChanged(_("Somebody else changed this item while you were working on it."))
    before = audit.snapshot(locked, AGENDA_FIELDS)
    for name, value in _cleaned(fields).items():
        setattr(locked, name, value)
    locked.version += 1
    locked.save()
    _set_people(locked, speakers, service_domains)
    after = audit.snapshot(locked, AGENDA_FIELDS)
    changed = [name for name in AGENDA_FIELDS if before[name] != after[name]]
    locked.meeting = meeting
    _record(
        "events.agenda.changed",
        locked,
        by,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
    )
    return locked


@transaction.atomic
def remove_agenda_item(*, item: AgendaItem, version: int, by: User) -> None:
    """Take an item off; the next ones move up.

    Raises:
        AgendaChanged: somebody else changed this item since the page was opened.
        ActionRefused: the meeting is closed or cancelled.
    """
    meeting = _lock_meeting(item.meeting)
    locked = AgendaItem.objects.filter(pk=item.pk).first()
    if locked is None:
        return
    if locked.version != version:
        raise AgendaChanged(_("Somebody else changed this item while you were working on it."))
    locked.meeting = meeting
    _record("events.agenda.removed", locked, by)
    locked.delete()
    _number(meeting, list(meeting.agenda.order_by("position").values_list("pk", flat=True)))
    _agenda_changed(meeting)


@transaction.atomic
def arrange_agenda(*, meeting: Meeting, order: list[int], version: int, by: User) -> Meeting:
    """Put the items in this order, given by their keys.

    Raises:
        AgendaChanged: the order is another one than the page showed (`version`), or its items are.
        ActionRefused: the meeting is closed or cancelled.
    """
    locked = _lock_meeting(meeting)
    now = list(locked.agenda.order_by("position").values_list("pk", flat=True))
    if locked.agenda_version != version or sorted(order) != sorted(now):
        raise AgendaChanged(
            _("Somebody else arranged the agenda meanwhile. It is shown as it stands; arrange it again.")
        )
    if order == now:
        return locked
    _number(locked, order)
    _agenda_changed(locked)
    audit.record(action="events.agenda.arranged", by=by, subject=locked, region_code=locked.region_id)
    return locked


@transaction.atomic
def attach_to_agenda_item(*, item: AgendaItem, title: str, scanned, by: User) -> AgendaAttachment:
    """Put a paper, re-encoded by `core.images.reencode_document`, under an item.

    Raises:
        ActionRefused: the meeting is closed or cancelled.
    """
    meeting = _lock_meeting(item.meeting)
    attachment = AgendaAttachment.objects.create(
        item=item,
        title=clean(title),
        file=scanned.content,
        content_type=scanned.content_type,
        uploaded_by=by,
    )
    item.meeting = meeting
    _record("events.agenda.attached", item, by, after={"attachment": attachment.title})
    return attachment


@transaction.atomic
def remove_attachment(*, attachment: AgendaAttachment, by: User) -> None:
    """Take a paper away again; its file goes when the transaction is committed.

    Raises:
        ActionRefused: the meeting is closed or cancelled.
    """
    meeting = _lock_meeting(attachment.item.meeting)
    stored, item = attachment.file, attachment.item
    item.meeting = meeting
    _record("events.agenda.detached", item, by, before={"attachment": attachment.title})
    attachment.delete()
    transaction.on_commit(lambda: stored.delete(save=False))


def _lock_meeting(meeting: Meeting) -> Meeting:
    locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if locked.state in FINISHED_STATES:
        raise ActionRefused(
            _("This meeting may not be changed: %(state)s.") % {"state": locked.get_state_display()}
        )
    return locked


def _agenda_changed(meeting: Meeting) -> None:
    meeting.agenda_version += 1
    meeting.save(update_fields=["agenda_version"])


def _number(meeting: Meeting, order: list[int]) -> None:
    places = {pk: place for place, pk in enumerate(order, start=1)}
    items = list(meeting.agenda.all())
    for item in items:
        item.position = places[item.pk]
    # The constraint waits for the end of the transaction: places change hands in between.
    AgendaItem.objects.bulk_update(items, ["position"])


def _set_people(item: AgendaItem, speakers: list, service_domains: list) -> None:
    item.speakers.set(speakers)
    item.service_domains.set(service_domains)


def _cleaned(fields: dict[str, Any]) -> dict[str, Any]:
    values = {name: fields[name] for name in AGENDA_FIELDS}
    return {name: clean(value) if isinstance(value, str) else value for name, value in values.items()}


def _record(action: str, item: AgendaItem, by: User, *, before=None, after=None) -> None:
    audit.record(
        action=action,
        by=by,
        subject=item.meeting,
        region_code=item.meeting.region_id,
        before=before,
        after={"item": item.title_ar} | (after or {}),
    )
