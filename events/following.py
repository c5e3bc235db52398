"""Meetings follow the register: entries that became one, and people whose data is erased."""

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from core.models import User
from events.enums import FINISHED_STATES, Answer, MeetingState
from events.models import CeremonyEntry, CheckIn, Guest, Invitation, LetterFile
from registry.models import Registrant

# What these hold is history: it stays with the entry that it was said of.
_PAST = (*FINISHED_STATES, MeetingState.HELD)
ERASED = "—"


@transaction.atomic
def follow_merge(*, kept: Registrant, merged: Registrant, by: User, **_signal) -> None:
    """Hand what lies ahead to the entry that stays: its card is the one that will be shown at the door.

    Of two invitations to one meeting that of the entry that stays counts; the other one's answer is taken
    where it has none.
    """
    Guest.objects.filter(registrant=merged).update(registrant=kept)
    ahead = Invitation.objects.standing().exclude(meeting__state__in=_PAST).select_for_update(of=("self",))
    own = {one.meeting_id: one for one in ahead.filter(registrant=kept)}
    for invitation in ahead.filter(registrant=merged).order_by("pk"):
        first = own.get(invitation.meeting_id)
        if first is None and not _was_invited(kept, invitation):
            invitation.registrant = kept
            invitation.save(update_fields=["registrant"])
        elif first is not None:
            _join(first, invitation)
    for entry in CeremonyEntry.objects.filter(registrant=merged).exclude(meeting__state__in=_PAST):
        if entry.meeting.ceremony.filter(registrant=kept).exists():
            entry.delete()
        else:
            entry.registrant = kept
            entry.save(update_fields=["registrant"])


@transaction.atomic
def erase_from_meetings(*, registrant: Registrant, **_signal) -> None:
    """Take away what meetings hold beside the entry: letters with the name, and who came in its place."""
    invitations = Invitation.objects.filter(registrant=registrant)
    invitations.filter(answer=Answer.DELEGATE).update(delegate_name=ERASED, delegate_title="")
    represented = CheckIn.objects.filter(registrant=registrant).exclude(delegate_name="")
    represented.update(delegate_name=ERASED, delegate_title="")
    letters = LetterFile.objects.filter(meeting__in=invitations.values("meeting"))
    files = [one.file.name for one in letters if one.file]
    # Made anew in a minute by whoever needs them, without this name.
    letters.delete()
    transaction.on_commit(lambda: [default_storage.delete(name) for name in files])


def _was_invited(kept: Registrant, invitation: Invitation) -> bool:
    """Also withdrawn, which is not to be undone by a merge."""
    return Invitation.objects.filter(meeting=invitation.meeting_id, registrant=kept).exists()


def _join(first: Invitation, second: Invitation) -> None:
    if first.answer == Answer.NONE and second.answer != Answer.NONE:
        names = ("answer", "delegate_name", "delegate_title", "answered_at", "answered_by_id")
        Invitation.objects.filter(pk=first.pk).update(**{name: getattr(second, name) for name in names})
    second.withdrawn_at = timezone.now()
    second.save(update_fields=["withdrawn_at"])
