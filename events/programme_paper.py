"""The programme of a meeting, printed for those who come."""

from core.models import Chamber
from core.papers import render_paper
from events.models import Meeting
from events.timetable import timetable_of


def programme_pdf(meeting: Meeting, language: str) -> bytes:
    """The programme in one language; the meeting comes from `Meeting.objects.for_page()`."""
    context = {"meeting": meeting, "timetable": timetable_of(meeting, list(meeting.agenda.all()))}
    return render_paper(
        "events/pdf/programme.html",
        chamber=Chamber.objects.get(region_id=meeting.region_id),
        dated=meeting.changed_at.date(),
        language=language,
        signed=False,
        context=context,
        files={},
    )
