"""How meetings' states and the desk's results look."""

from django import template
from django.utils import timezone

from events.desk import LOOKS
from events.enums import Answer, Attendance, MeetingState, QuestionState, ScanResult

register = template.Library()

_KINDS = {
    MeetingState.DRAFT: "neutral",
    MeetingState.SCHEDULED: "info",
    MeetingState.ANNOUNCED: "info",
    MeetingState.UNDER_WAY: "success",
    MeetingState.HELD: "success",
    MeetingState.CLOSED: "neutral",
    MeetingState.POSTPONED: "warning",
    MeetingState.CANCELLED: "danger",
}
_ATTENDANCE = {
    Attendance.PRESENT: "success",
    Attendance.DELEGATED: "success",
    Attendance.EXCUSED: "info",
    Attendance.ABSENT: "neutral",
}

_ANSWER_KINDS = {
    Answer.COMING: "success",
    Answer.DELEGATE: "info",
    Answer.NOT_COMING: "warning",
}


@register.filter
def meeting_kind(state: str) -> str:
    """The colour and icon that go with a meeting's state."""
    return _KINDS.get(state, "neutral")


@register.filter
def result_kind(result: str) -> str:
    """The colour that goes with a scan's result."""
    return LOOKS[ScanResult(result)][0]


@register.filter
def result_icon(result: str) -> str:
    return LOOKS[ScanResult(result)][1]


@register.filter
def clock(moment) -> str:
    """`11:30`: the time on a Moroccan clock, whatever the server's."""
    return f"{timezone.localtime(moment):%H:%M}" if moment else ""


@register.filter
def anchor(key, name: str) -> str:
    """An id of an element, unique on the page: a word and a record's key."""
    return f"{name}-{key}"


@register.filter
def answer_kind(answer: str) -> str:
    """The colour and icon that go with an answer."""
    return _ANSWER_KINDS.get(answer, "neutral")


@register.filter
def question_kind(state: str) -> str:
    """The colour that goes with a question's state."""
    return "success" if state == QuestionState.ANSWERED else "warning"


@register.filter
def attendance_kind(attendance: str) -> str:
    """The colour that goes with how somebody invited attended."""
    return _ATTENDANCE.get(attendance, "neutral")
