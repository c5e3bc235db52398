"""Meetings follow entries of the register that became one, and two again.

What lies ahead changes hands; what lies behind stays with the entry that it was said of, and is read through
the entry that stays. What changed hands is written down, so that an undone merge gives each what was theirs.
"""

from django.db import transaction
from django.utils import timezone

from core import audit
from core.models import User
from events.actions.ceremony import arrange_ceremony
from events.enums import FINISHED_STATES, Answer, MeetingState
from events.models import CeremonyEntry, CheckIn, FollowedMerge, Guest, Invitation, Meeting
from registry.models import Registrant

# What these hold is history: it stays with the entry that it was said of.
_PAST = (*FINISHED_STATES, MeetingState.HELD)
_ANSWER = ("answer", "delegate_name", "delegate_title", "answered_at", "answered_by_id")
_NO_ANSWER = {
    "answer": Answer.NONE,
    "delegate_name": "",
    "delegate_title": "",
    "answered_at": None,
    "answered_by": None,
}


@transaction.atomic
def follow_merge(*, kept: Registrant, merged: Registrant, by: User, **_signal) -> None:
    """Hand what lies ahead to the entry that stays: its card is the one that will be shown at the door.

    Of two invitations to one meeting that of the entry that stays counts; the other one's answer is taken
    where it has none.
    """
    guests = Guest.objects.filter(registrant=merged)
    moved: dict[str, list] = {"guests": list(guests.values_list("pk", flat=True))}
    guests.update(registrant=kept)
    moved |= _follow_invitations(kept, merged) | _follow_ceremonies(kept, merged)
    if any(moved.values()):
        FollowedMerge.objects.create(kept=kept, merged=merged, moved=moved)
        _record("events.register.joined", merged, by, moved)


@transaction.atomic
def undo_follow_merge(*, kept: Registrant, merged: Registrant, by: User, **_signal) -> None:
    """Give the restored entry back what the merge took to the other, as far as nobody changed it since.

    Presence goes along where the invitation itself was shown or chosen; where the other entry's card or
    number was read, or a card handed over, it was the other who came.
    """
    followed = FollowedMerge.objects.select_for_update(of=("self",)).filter(kept=kept, merged=merged)
    for one in followed:
        moved = one.moved
        Guest.objects.filter(pk__in=moved["guests"], registrant=kept).update(registrant=merged)
        presences = 0
        for key in moved["invitations"]:
            presences += _hand_invitation_back(key, kept, merged)
        for first, second, took_answer in moved["joined"]:
            _part(first, second, took_answer)
        _hand_ceremonies_back(moved, kept, merged, by)
        _record("events.register.parted", merged, by, moved, presences=presences)
        one.delete()


def _follow_invitations(kept: Registrant, merged: Registrant) -> dict[str, list]:
    invitations, joined = [], []
    ahead = Invitation.objects.standing().exclude(meeting__state__in=_PAST).select_for_update(of=("self",))
    own = {one.meeting_id: one for one in ahead.filter(registrant=kept)}
    for invitation in ahead.filter(registrant=merged).order_by("pk"):
        first = own.get(invitation.meeting_id)
        if first is None and not _was_invited(kept, invitation):
            invitation.registrant = kept
            invitation.save(update_fields=["registrant"])
            invitations.append(invitation.pk)
        elif first is not None:
            joined.append([first.pk, invitation.pk, _join(first, invitation)])
    return {"invitations": invitations, "joined": joined}


def _follow_ceremonies(kept: Registrant, merged: Registrant) -> dict[str, list]:
    ceremony, off_stage = [], []
    for entry in CeremonyEntry.objects.filter(registrant=merged).exclude(meeting__state__in=_PAST):
        if entry.meeting.ceremony.filter(registrant=kept).exists():
            off_stage.append([entry.meeting_id, entry.role])
            entry.delete()
        else:
            entry.registrant = kept
            entry.save(update_fields=["registrant"])
            ceremony.append(entry.pk)
    return {"ceremony": ceremony, "off_stage": off_stage}


def _was_invited(kept: Registrant, invitation: Invitation) -> bool:
    """Also withdrawn, which is not to be undone by a merge."""
    return Invitation.objects.filter(meeting=invitation.meeting_id, registrant=kept).exists()


def _join(first: Invitation, second: Invitation) -> bool:
    """Let the second give way to the first; whether its answer was taken."""
    takes_answer = first.answer == Answer.NONE and second.answer != Answer.NONE
    if takes_answer:
        Invitation.objects.filter(pk=first.pk).update(**{name: getattr(second, name) for name in _ANSWER})
    second.withdrawn_at = timezone.now()
    second.save(update_fields=["withdrawn_at"])
    return takes_answer


def _hand_invitation_back(key: int, kept: Registrant, merged: Registrant) -> int:
    """Give one invitation back, with the presences recorded by it; how many those are."""
    handed = Invitation.objects.select_for_update(of=("self",)).filter(pk=key, registrant=kept).first()
    if handed is None or Invitation.objects.filter(meeting=handed.meeting_id, registrant=merged).exists():
        return 0
    handed.registrant = merged
    handed.save(update_fields=["registrant"])
    since = CheckIn.objects.select_for_update(of=("self",)).filter(invitation=handed, registrant=kept)
    theirs = since.filter(by_invitation=True, hand_over=None)
    moved = 0
    for present in theirs:
        standing = CheckIn.objects.standing().filter(list=present.list_id, registrant=merged)
        if present.undone_at is None and standing.exists():
            continue
        present.registrant, present.card = merged, None
        present.save(update_fields=["registrant", "card"])
        moved += 1
    # Whoever else came under this invitation came as the entry that stayed, which was not invited.
    since.update(invitation=None)
    return moved


def _part(first: int, second: int, took_answer: bool) -> None:
    locked = {one.pk: one for one in Invitation.objects.select_for_update().filter(pk__in=(first, second))}
    theirs = locked.get(second)
    if theirs is None:
        return
    theirs.withdrawn_at = None
    theirs.save(update_fields=["withdrawn_at"])
    stands = locked.get(first)
    # Answered anew since, the answer is the entry's own.
    if took_answer and stands and stands.answered_at == theirs.answered_at:
        Invitation.objects.filter(pk=first).update(**_NO_ANSWER)


def _hand_ceremonies_back(moved: dict, kept: Registrant, merged: Registrant, by: User) -> None:
    CeremonyEntry.objects.filter(pk__in=moved["ceremony"], registrant=kept).update(registrant=merged)
    for key, role in moved["off_stage"]:
        ahead = Meeting.objects.select_for_update(of=("self",), no_key=True).exclude(state__in=_PAST)
        meeting = ahead.filter(pk=key).first()
        if meeting is None or meeting.ceremony.filter(registrant=merged).exists():
            continue
        last = meeting.ceremony.order_by("position").last()
        CeremonyEntry.objects.create(
            meeting=meeting,
            registrant=merged,
            role=role,
            position=last.position + 1 if last else 1,
            added_by=by,
        )
        arrange_ceremony(meeting)


def _record(action: str, merged: Registrant, by: User, moved: dict[str, list], **more: int) -> None:
    counts = {
        "guests": len(moved["guests"]),
        "invitations": len(moved["invitations"]) + len(moved["joined"]),
        "ceremony": len(moved["ceremony"]) + len(moved["off_stage"]),
    }
    audit.record(
        action=action,
        by=by,
        subject=merged,
        region_code=merged.region_id,
        after={name: count for name, count in (counts | more).items() if count},
    )
