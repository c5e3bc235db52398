"""What the meetings hold of a person, told to the person."""

from django.utils.translation import gettext as _

from core.dates import moment_in_words
from events.models import CheckIn, Invitation
from registry.models import Registrant


def held_presences(*, registrant: Registrant, **_signal) -> dict | None:
    """Each meeting at which the person was present, or to which they were invited, for an access request."""
    invitations = Invitation.objects.of_person(registrant).select_related("meeting")
    presences = CheckIn.objects.filter(registrant=registrant).select_related("meeting", "list")
    entries = [
        [
            (_("Meeting"), str(row.meeting)),
            (_("List"), str(row.list)),
            (_("Present since"), moment_in_words(row.checked_in_at)),
            (_("Reason"), row.undo_reason),
        ]
        for row in presences
    ]
    entries += [
        [(_("Invitation"), str(row.meeting)), (_("Reply"), row.get_answer_display())] for row in invitations
    ]
    return {"code": "meetings", "title": _("Meetings"), "entries": entries} if entries else None
