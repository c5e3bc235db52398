"""Meetings as calendars read them (RFC 5545).

Moments are written in UTC. Calendars then need no rules of the Moroccan clock, of which Outlook knows two a
year at most and old systems the wrong ones; each shows the hour of its own clock. A meeting keeps its UID for
ever, and its SEQUENCE rises with each change that people are told of.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from icalendar import Calendar, Event, vDuration

from core.links import absolute
from events.enums import PUBLIC_STATES, UNSETTLED_STATES, MeetingState
from events.models import Meeting
from events.querysets import USUAL_LENGTH

PRODUCT = "-//Chamber portal//Meetings//AR"
# How often calendars ask again.
REFRESH = timedelta(hours=1)
_FIRM = (MeetingState.ANNOUNCED, MeetingState.UNDER_WAY, MeetingState.HELD, MeetingState.CLOSED)


def calendar_file(meetings: Iterable[Meeting], *, name: str, language: str, is_public: bool = False) -> bytes:
    """A calendar in one language. Drafts are left out by whoever asks; what is off stays, as cancelled.

    Where it `is_public`, its meetings lead to the page that everybody may open, as soon as there is one.
    """
    with override(language):
        calendar = Calendar()
        calendar.add("prodid", PRODUCT)
        calendar.add("version", "2.0")
        calendar.add("method", "PUBLISH")
        calendar.add("calscale", "GREGORIAN")
        calendar.add("x-wr-calname", name)
        calendar.add("x-wr-timezone", settings.TIME_ZONE)
        calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", "PT1H")
        for meeting in meetings:
            calendar.add_component(_event(meeting, is_public))
        return calendar.to_ical()


def _event(meeting: Meeting, is_public: bool) -> Event:
    event = Event()
    event.add("uid", str(meeting.uid))
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", _utc(meeting.changed_at))
    event.add("last-modified", _utc(meeting.changed_at))
    event.add("dtstart", _utc(meeting.starts_at))
    event.add("dtend", _utc(meeting.ends_at or meeting.starts_at + USUAL_LENGTH))
    off = meeting.state in UNSETTLED_STATES
    title = f"{meeting.get_state_display()}: {meeting.title}" if off else meeting.title
    event.add("summary", title)
    event.add(
        "location", _("%(venue)s, %(commune)s") % {"venue": meeting.venue, "commune": meeting.commune.name}
    )
    lines = [meeting.caravan.name, meeting.purpose, meeting.ground_note if off else "", meeting.map_url]
    event.add("description", "\n".join(line for line in lines if line))
    if not is_public:
        event.add("url", absolute(meeting.get_absolute_url()))
    elif meeting.state in PUBLIC_STATES:
        event.add("url", absolute(reverse("events:public_meeting", args=[meeting.pk])))
    if off:
        # What is postponed does not take place then: it comes back with its new date.
        event.add("status", "CANCELLED")
        event.add("transp", "TRANSPARENT")
    else:
        event.add("status", "CONFIRMED" if meeting.state in _FIRM else "TENTATIVE")
    return event


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)
