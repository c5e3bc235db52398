"""What the meetings hold of a person, told to the person."""

from django.utils.translation import gettext as _

from core.dates import moment_in_words
from events.models import CheckIn
from registry.models import Registrant


def held_presences(*, registrant: Registrant, **_signal) -> dict | None:
    """Each meeting at which the person was present, for an access request."""
    presences = CheckIn.objects.filter(registrant=registrant).select_related("meeting")
    entries = [
        [
            (_("Meeting"), str(row.meeting)),
            (_("Present since"), moment_in_words(row.checked_in_at)),
            (_("Reason"), row.undo_reason),
        ]
        for row in presences
    ]
    return {"code": "meetings", "title": _("Meetings"), "entries": entries} if entries else None
