"""Who is called to the stage to receive their card: members, then presidents, then artisans."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from cards.models import Card
from core import audit
from core.exceptions import ActionRefused
from core.models import User
from events.actions.meanwhile import check_place
from events.ceremony import propose
from events.enums import FINISHED_STATES, CeremonyRole
from events.models import CeremonyEntry, Meeting
from registry.models import Registrant


@transaction.atomic
def fill_ceremony(*, meeting: Meeting, by: User) -> int:
    """Add everybody of the region whose card waits and who is invited as a member or presides over a body.

    Returns how many were added; those on the list stay where they are.
    """
    _lock(meeting)
    known = set(meeting.ceremony.values_list("registrant_id", flat=True))
    added = [one for one in propose(meeting) if one[0].pk not in known]
    for registrant, role in added:
        _append(meeting, registrant, role, by)
    if added:
        arrange_ceremony(meeting)
        _record(meeting, by, {"added": len(added)})
    return len(added)


@transaction.atomic
def call_to_stage(*, meeting: Meeting, registrant: Registrant, role: str, by: User) -> CeremonyEntry:
    """Put somebody on the list, behind the others who are called as the same. Twice is once.

    Raises:
        ActionRefused: the meeting is finished, the person is of another region, or no card waits for them.
    """
    _lock(meeting)
    known = meeting.ceremony.filter(registrant=registrant).first()
    if known:
        return known
    if registrant.region_id != meeting.region_id:
        raise ActionRefused(_("This person belongs to another region's chamber."))
    if not Card.objects.waiting_for_holder().filter(registrant=registrant).exists():
        raise ActionRefused(_("No card waits for this person."))
    entry = _append(meeting, registrant, CeremonyRole(role), by)
    arrange_ceremony(meeting)
    _record(meeting, by, {"added": registrant.nia})
    return entry


@transaction.atomic
def move_on_stage(*, entry: CeremonyEntry, steps: int, seen: int, by: User) -> None:
    """Call somebody so many places later, or earlier where `steps` is below zero.

    Args:
        seen: the entry's `position` on the page that the reader had before them.

    Raises:
        ChangedMeanwhile: somebody else moved the person since, or took them off.
        ActionRefused: the meeting is finished.
    """
    _lock(entry.meeting)
    entries = list(entry.meeting.ceremony.order_by("position"))
    place = next((place for place, one in enumerate(entries) if one.pk == entry.pk), None)
    check_place(entries[place].position if place is not None else None, seen)
    moved = entries.pop(place)
    entries.insert(min(max(place + steps, 0), len(entries)), moved)
    _write_order(entries)
    _record(entry.meeting, by, {"order": "changed"})


@transaction.atomic
def take_off_stage(*, entry: CeremonyEntry, by: User) -> None:
    """Take somebody off the list; their card waits at the card desk like any other."""
    _lock(entry.meeting)
    if CeremonyEntry.objects.filter(pk=entry.pk).delete()[0]:
        arrange_ceremony(entry.meeting)
        _record(entry.meeting, by, {"removed": entry.registrant.nia})


def _lock(meeting: Meeting) -> None:
    """One change of the list at a time."""
    locked = Meeting.objects.select_for_update(of=("self",), no_key=True).get(pk=meeting.pk)
    if locked.state in FINISHED_STATES:
        raise ActionRefused(_("This meeting is finished: nothing of it is changed any more."))


def _append(meeting: Meeting, registrant: Registrant, role: CeremonyRole, by: User) -> CeremonyEntry:
    last = meeting.ceremony.aggregate(last=Max("position"))["last"] or 0
    return CeremonyEntry.objects.create(
        meeting=meeting, registrant=registrant, role=role, position=last + 1, added_by=by
    )


def arrange_ceremony(meeting: Meeting) -> None:
    """Members before presidents before artisans; among them the order stays."""
    places = list(CeremonyRole)
    _write_order(sorted(meeting.ceremony.all(), key=lambda one: (places.index(one.role), one.position)))


def _write_order(entries: Sequence[CeremonyEntry]) -> None:
    for position, entry in enumerate(entries, start=1):
        entry.position = position
    CeremonyEntry.objects.bulk_update(entries, ["position"])


def _record(meeting: Meeting, by: User, after: dict) -> None:
    audit.record(
        action="events.ceremony.changed", by=by, subject=meeting, region_code=meeting.region_id, after=after
    )
