"""Inviting guests of the directory, institutions, people of the register; order, answers, withdrawal."""

import uuid
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Max, ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.arabic import clean
from core.exceptions import ActionRefused
from core.models import User
from events import groups
from events.actions.meanwhile import ChangedMeanwhile, check_place
from events.enums import FINISHED_STATES, UNSETTLED_STATES, Answer, GroupSource, MeetingState
from events.models import Guest, GuestGroup, Institution, Invitation, Meeting

# Answers are taken as long as the meeting lies ahead and is on.
OVER = (MeetingState.UNDER_WAY, MeetingState.HELD, MeetingState.CLOSED, *UNSETTLED_STATES)


@transaction.atomic
def invite_guest(*, meeting: Meeting, guest: Guest, is_speaker: bool = False, by: User) -> Invitation:
    """Invite somebody of the directory, last in the order of protocol.

    Raises:
        ActionRefused: invited already, also as somebody of the register, or the meeting is over.
    """
    locked = _lock_meeting(meeting)
    try:
        with transaction.atomic():
            invitation = Invitation.objects.create(
                **_of_guest(locked, guest), position=_last(locked) + 1, is_speaker=is_speaker
            )
    except IntegrityError as error:
        raise ActionRefused(_("This person is invited already.")) from error
    _record("events.invitation.made", invitation, by)
    return invitation


@transaction.atomic
def invite_institution(*, meeting: Meeting, institution: Institution, by: User) -> Invitation:
    """Invite an institution that sends whom it chooses.

    Raises:
        ActionRefused: invited already, or the meeting is over.
    """
    locked = _lock_meeting(meeting)
    try:
        with transaction.atomic():
            invitation = Invitation.objects.create(
                meeting=locked, institution=institution, position=_last(locked) + 1
            )
    except IntegrityError as error:
        raise ActionRefused(_("This institution is invited already.")) from error
    _record("events.invitation.made", invitation, by)
    return invitation


@transaction.atomic
def invite_group(
    *, meeting: Meeting, source: GroupSource, criteria: dict[str, Any], name_ar: str, name_fr: str, by: User
) -> tuple[GuestGroup, int, int]:
    """Invite everybody of a group who is not invited yet; gives the group, how many, and how many were.

    Raises:
        ActionRefused: the meeting is over, or the group is larger than `groups.MOST_PEOPLE`.
    """
    locked = _lock_meeting(meeting)
    group = GuestGroup.objects.create(
        meeting=locked,
        position=(locked.guest_groups.aggregate(last=Max("position"))["last"] or 0) + 1,
        source=source,
        criteria=criteria,
        name_ar=clean(name_ar),
        name_fr=clean(name_fr),
    )
    if source == GroupSource.ANNOUNCED:
        _record_group(group, by, invited=0)
        return group, 0, 0
    found = groups.count_people(locked, source, criteria)
    if found > groups.MOST_PEOPLE:
        raise ActionRefused(
            _("These are %(found)s people; at most %(most)s are invited at once. Narrow the choice.")
            % {"found": found, "most": groups.MOST_PEOPLE}
        )
    last = _last(locked)
    rows = [
        Invitation(position=last + place, group=group, **fields)
        for place, fields in enumerate(_people(locked, source, criteria), start=1)
    ]
    Invitation.objects.bulk_create(rows, batch_size=1000)
    _record_group(group, by, invited=len(rows))
    return group, len(rows), found - len(rows)


@transaction.atomic
def place_invitation(*, invitation: Invitation, position: int, seen: int, by: User) -> None:
    """Give somebody another place in the order of protocol; the others close up.

    Args:
        seen: the place that the page showed.

    Raises:
        ChangedMeanwhile: somebody else gave them another place since.
        ActionRefused: the meeting is over.
    """
    meeting = _lock_meeting(invitation.meeting)
    locked = Invitation.objects.get(pk=invitation.pk)
    check_place(locked.position, seen)
    wanted = min(max(position, 1), _last(meeting))
    others = meeting.invitations.exclude(pk=locked.pk)
    if wanted < locked.position:
        others.filter(position__gte=wanted, position__lt=locked.position).update(position=F("position") + 1)
    elif wanted > locked.position:
        others.filter(position__gt=locked.position, position__lte=wanted).update(position=F("position") - 1)
    else:
        return
    before, locked.position = locked.position, wanted
    locked.save(update_fields=["position"])
    _record("events.invitation.placed", locked, by, before={"position": before}, after={"position": wanted})


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: User) -> None:
    """Take an invitation back: without a trace while nobody was told, else it stays and its link is void.

    Raises:
        ActionRefused: the meeting is over.
    """
    _lock_meeting(invitation.meeting)
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if locked.withdrawn_at is not None:
        return
    _record("events.invitation.withdrawn", locked, by)
    # What a run has not sent yet tells nobody anything: it is not sent any more.
    locked.deliveries.pending().delete()
    try:
        with transaction.atomic():
            if locked.answer != Answer.NONE:
                raise ProtectedError("answered", {locked})
            locked.delete()
    except ProtectedError:
        locked.withdrawn_at = timezone.now()
        locked.save(update_fields=["withdrawn_at"])


@transaction.atomic
def answer_invitation(
    *,
    invitation: Invitation,
    answer: Answer,
    delegate_name: str = "",
    delegate_title: str = "",
    seen: str | None = None,
    by: User | None = None,
) -> Invitation:
    """Note what somebody invited says of coming; said again, the last word counts.

    Args:
        seen: of who enters it for them, `answer_mark` of what the page showed; None for their own word.
        by: who enters it; None where they answered by the link.

    Raises:
        ChangedMeanwhile: another answer came since the page was opened.
        ActionRefused: the meeting has begun, is off, or the invitation was withdrawn; a delegate has no name.
    """
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    meeting = Meeting.objects.get(pk=locked.meeting_id)
    if locked.withdrawn_at is not None or meeting.state in OVER:
        raise ActionRefused(_("No answer is needed any more."))
    named = clean(delegate_name) if answer == Answer.DELEGATE else ""
    if answer == Answer.DELEGATE and not named:
        raise ActionRefused(_("Say who comes in your place."))
    title = clean(delegate_title) if named else ""
    if (locked.answer, locked.delegate_name, locked.delegate_title) == (answer, named, title):
        return locked
    if seen is not None and seen != answer_mark(locked):
        raise ChangedMeanwhile
    before = locked.answer
    locked.answer, locked.delegate_name, locked.delegate_title = answer, named, title
    locked.answered_at = None if answer == Answer.NONE else timezone.now()
    locked.answered_by = by
    locked.save(update_fields=["answer", "delegate_name", "delegate_title", "answered_at", "answered_by"])
    _record("events.invitation.answered", locked, by, before={"answer": before}, after={"answer": answer})
    return locked


def answer_mark(invitation: Invitation) -> str:
    """What tells one answer from the next: its moment."""
    return invitation.answered_at.isoformat() if invitation.answered_at else ""


@transaction.atomic
def renew_invitation_link(*, invitation: Invitation, by: User) -> Invitation:
    """Make the link in the letter void, and a new one: the letter fell into other hands."""
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    locked.key = uuid.uuid4()
    locked.save(update_fields=["key"])
    _record("events.invitation.relinked", locked, by)
    return locked


def copy_invitations(*, source: Meeting, target: Meeting) -> None:
    """Invite the same functions to another meeting, as the directory has them today.

    Of another region's guests only those go along who are invited everywhere; where the new region has the
    same function, its holder takes the place. Part of scheduling; call it in a transaction.
    """
    last = _last(target)
    wanted = source.invitations.standing().filter(guest__isnull=False, guest__is_active=True)
    places = _Places(target)
    for invitation in wanted.select_related("guest__institution").order_by("position"):
        guest = groups.same_function(invitation.guest, target.region_id)
        if guest is None or not places.take(guest):
            continue
        last += 1
        Invitation.objects.create(**_of_guest(target, guest), position=last, is_speaker=invitation.is_speaker)


def _of_guest(meeting: Meeting, guest: Guest) -> dict[str, Any]:
    return {
        "meeting": meeting,
        "guest": guest,
        "registrant_id": guest.registrant_id,
        "institution_id": guest.institution_id,
        "name_ar": guest.name_ar,
        "name_fr": guest.name_fr,
        "title_ar": guest.title_ar,
        "title_fr": guest.title_fr,
    }


def _people(meeting: Meeting, source: GroupSource, criteria: dict[str, Any]):
    """The fields of an invitation for everybody of the group who has none."""
    if source == GroupSource.DIRECTORY:
        places = _Places(meeting)
        guests = groups.guests(meeting, criteria)
        return [_of_guest(meeting, guest) for guest in guests if places.take(guest)]
    invited = meeting.invitations.values("registrant_id").filter(registrant__isnull=False)
    people = groups.registrants(meeting, source, criteria).exclude(pk__in=invited)
    return [{"meeting": meeting, "registrant": person} for person in people]


class _Places:
    """Who has a place at a meeting. Of two entries of the directory for one person the first one counts."""

    def __init__(self, meeting: Meeting):
        self.guests, self.registrants = set(), set()
        for guest, registrant in meeting.invitations.values_list("guest_id", "registrant_id"):
            self._note(guest, registrant)

    def take(self, guest: Guest) -> bool:
        """Whether this one has none yet; from now on they have."""
        if guest.pk in self.guests or guest.registrant_id in self.registrants:
            return False
        self._note(guest.pk, guest.registrant_id)
        return True

    def _note(self, guest: int | None, registrant: int | None) -> None:
        self.guests.add(guest)
        if registrant is not None:
            self.registrants.add(registrant)


def _lock_meeting(meeting: Meeting) -> Meeting:
    locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if locked.state in (*FINISHED_STATES, MeetingState.HELD):
        raise ActionRefused(
            _("This meeting may not be changed: %(state)s.") % {"state": locked.get_state_display()}
        )
    return locked


def _last(meeting: Meeting) -> int:
    return meeting.invitations.aggregate(last=Max("position"))["last"] or 0


def _record(action: str, invitation: Invitation, by: User | None, **change) -> None:
    """The row is the meeting's; of people of the register only the number is written."""
    audit.record(
        action=action,
        by=by,
        subject=invitation.meeting,
        region_code=invitation.meeting.region_id,
        before=change.get("before"),
        after={"invitation": invitation.pk} | change.get("after", {}),
    )


def _record_group(group: GuestGroup, by: User, *, invited: int) -> None:
    audit.record(
        action="events.group.invited",
        by=by,
        subject=group.meeting,
        region_code=group.meeting.region_id,
        after={"group": group.name_ar, "invited": invited},
    )
