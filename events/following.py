"""Meetings follow the register where somebody's data is erased there."""

from django.core.files.storage import default_storage
from django.db import transaction

from events.enums import Answer
from events.models import CheckIn, Invitation, LetterFile
from registry.models import Registrant

ERASED = "—"


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
