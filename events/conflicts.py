"""What a meeting would collide with: its venue, who leads it, or its team."""

from datetime import datetime

from django.utils.translation import gettext as _

from core.arabic import fold
from core.dates import moment_in_words
from core.models import Commune, User
from events.models import Duty, Meeting


def conflicts(
    *,
    commune: Commune | None,
    venue_ar: str,
    venue_fr: str,
    starts_at: datetime,
    ends_at: datetime | None,
    director: User | None,
    meeting: Meeting | None = None,
) -> list[str]:
    """In words, what else takes place at that time; `meeting` is the one that is being changed."""
    others = Meeting.objects.overlapping(starts_at=starts_at, ends_at=ends_at).select_related("director")
    if meeting is not None:
        others = others.exclude(pk=meeting.pk)
    found = []
    if commune is not None and (venue_ar or venue_fr):
        same_venue = {fold(venue_ar), fold(venue_fr)} - {""}
        found += [
            _("The venue is taken at that time: %(meeting)s, %(when)s.") % _told(other)
            for other in others.filter(commune=commune)
            if same_venue & {fold(other.venue_ar), fold(other.venue_fr)}
        ]
    if director is not None:
        found += [
            _("%(director)s leads another meeting at that time: %(meeting)s, %(when)s.")
            % (_told(other) | {"director": str(director)})
            for other in others.filter(director=director)
        ]
    if meeting is not None:
        team = meeting.duties.values("user_id")
        busy = Duty.objects.filter(meeting__in=others, user__in=team).select_related("user", "meeting")
        found += [
            _("%(person)s is on duty elsewhere at that time: %(meeting)s, %(when)s.")
            % (_told(duty.meeting) | {"person": str(duty.user)})
            for duty in busy
        ]
    return found


def _told(meeting: Meeting) -> dict[str, str]:
    return {"meeting": meeting.title, "when": moment_in_words(meeting.starts_at, weekday=True)}
