"""Questions from the floor, and follow-ups with their owner and date."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.arabic import clean
from core.exceptions import ActionRefused
from core.models import User
from events.actions.meanwhile import ChangedMeanwhile, check_version
from events.enums import FollowUpKind, MeetingState, MinutesState, QuestionState
from events.models import FollowUp, Meeting, Minutes, Question

QUESTION_FIELDS = ("text", "domain", "answerer", "answerer_name", "answer")
FOLLOW_UP_FIELDS = ("text", "owner_name", "owner", "due_on")
# Questions are asked while people sit in the hall, and noted down afterwards until the minutes are approved.
_BEFORE = (MeetingState.DRAFT, MeetingState.CANCELLED, MeetingState.POSTPONED)


@transaction.atomic
def note_question(*, meeting: Meeting, fields: dict[str, Any], by: User) -> Question:
    """Note what somebody asked, with the answer where it was given at once.

    Args:
        fields: values of QUESTION_FIELDS.

    Raises:
        ActionRefused: the meeting does not take place, or its minutes are approved.
    """
    check_minutes_open(meeting)
    if meeting.state in _BEFORE:
        raise ActionRefused(_("This meeting does not take place: there are no questions to note."))
    noted = Question(meeting=meeting, noted_by=by)
    _fill(noted, fields)
    noted.save()
    _record(noted, "events.question.noted", by, {})
    return noted


@transaction.atomic
def change_question(*, question: Question, fields: dict[str, Any], version: int, by: User) -> Question:
    """Correct a question or give it its answer.

    Raises:
        ChangedMeanwhile: somebody else changed it since the page was opened (`version`).
        ActionRefused: the minutes are approved.
    """
    locked = Question.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=question.pk)
    check_minutes_open(locked.meeting)
    check_version(locked, version)
    before = _shown(locked)
    _fill(locked, fields)
    locked.version += 1
    locked.save()
    _record(locked, "events.question.changed", by, before)
    return locked


@transaction.atomic
def promise_answer(*, question: Question, fields: dict[str, Any], by: User) -> FollowUp:
    """Say who will answer a question later, and by when. A second click changes nothing.

    Raises:
        ChangedMeanwhile: somebody else promised it meanwhile, in other words.
        ActionRefused: the minutes are approved.
    """
    locked = Question.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=question.pk)
    wanted = fields | {"text": fields.get("text") or locked.text}
    known = FollowUp.objects.filter(question=locked).select_related("owner").first()
    if known is None:
        return _add(locked.meeting, FollowUpKind.QUESTION, wanted, by, locked)
    if any(getattr(known, name) != _clean(wanted[name]) for name in FOLLOW_UP_FIELDS):
        raise ChangedMeanwhile(_("Somebody else promised this answer meanwhile: what they entered stands."))
    return known


@transaction.atomic
def decide(*, meeting: Meeting, fields: dict[str, Any], by: User) -> FollowUp:
    """Enter a decision of the meeting, with who sees to it and by when.

    Args:
        fields: values of FOLLOW_UP_FIELDS.

    Raises:
        ActionRefused: the minutes are approved.
    """
    return _add(meeting, FollowUpKind.DECISION, fields, by, None)


@transaction.atomic
def change_follow_up(*, follow_up: FollowUp, fields: dict[str, Any], version: int, by: User) -> FollowUp:
    """Change what is to be done, by whom and when, while the minutes are being written.

    Raises:
        ChangedMeanwhile: somebody else changed it since the page was opened (`version`).
        ActionRefused: the minutes are approved.
    """
    locked = _lock(follow_up)
    check_version(locked, version)
    check_minutes_open(locked.meeting)
    before = audit.snapshot(locked, FOLLOW_UP_FIELDS)
    for name in FOLLOW_UP_FIELDS:
        setattr(locked, name, _clean(fields[name]))
    if locked.due_on != date.fromisoformat(before["due_on"]):
        locked.reminded_on = None
    return _saved(locked, "events.follow_up.changed", by, before)


@transaction.atomic
def finish_follow_up(*, follow_up: FollowUp, outcome: str, version: int, by: User) -> FollowUp:
    """Say what came of it, also after the minutes are approved: those keep what was decided.

    Raises:
        ChangedMeanwhile: somebody else changed it since the page was opened (`version`).
        ActionRefused: no outcome given, or done already.
    """
    words = clean(outcome)
    if not words:
        raise ActionRefused(_("Say what came of it."))
    locked = _lock(follow_up)
    if locked.done_on:
        raise ActionRefused(_("This is done already."))
    check_version(locked, version)
    before = audit.snapshot(locked, ("done_on", "outcome"))
    locked.done_on, locked.outcome = timezone.localdate(), words
    return _saved(locked, "events.follow_up.done", by, before)


def check_minutes_open(meeting: Meeting) -> None:
    """Raises ActionRefused where the meeting's minutes are approved: they hold what was said."""
    # Under a lock, so that nothing is said between the director's reading and the approval.
    minutes = Minutes.objects.select_for_update().filter(meeting=meeting).first()
    if minutes and minutes.state == MinutesState.APPROVED:
        raise ActionRefused(_("The minutes of this meeting are approved: nothing is added to them any more."))


def _add(
    meeting: Meeting, kind: FollowUpKind, fields: dict[str, Any], by: User, question: Question | None
) -> FollowUp:
    check_minutes_open(meeting)
    added = FollowUp(meeting=meeting, kind=kind, question=question, created_by=by)
    for name in FOLLOW_UP_FIELDS:
        setattr(added, name, _clean(fields[name]))
    added.save()
    audit.record(
        action="events.follow_up.added",
        by=by,
        subject=added,
        region_code=meeting.region_id,
        after=audit.snapshot(added, FOLLOW_UP_FIELDS),
    )
    return added


def _saved(locked: FollowUp, action: str, by: User, before: dict) -> FollowUp:
    locked.version += 1
    locked.save()
    after = audit.snapshot(locked, before)
    audit.record(
        action=action,
        by=by,
        subject=locked,
        region_code=locked.meeting.region_id,
        before={name: value for name, value in before.items() if value != after[name]},
        after={name: value for name, value in after.items() if value != before[name]},
    )
    return locked


def _lock(follow_up: FollowUp) -> FollowUp:
    return FollowUp.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=follow_up.pk)


def _fill(question: Question, fields: dict[str, Any]) -> None:
    for name in QUESTION_FIELDS:
        setattr(question, name, _clean(fields[name]))
    question.state = QuestionState.ANSWERED if question.answer else QuestionState.OPEN


def _clean(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


def _shown(question: Question) -> dict[str, Any]:
    return audit.snapshot(question, ("text", "answer", "answerer", "answerer_name"))


def _record(question: Question, action: str, by: User, before: dict) -> None:
    audit.record(
        action=action,
        by=by,
        subject=question,
        region_code=question.meeting.region_id,
        before=before,
        after=_shown(question),
    )
