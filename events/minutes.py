"""The minutes of a meeting as they stand: facts, what people wrote themselves, and what was approved."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from core.dates import date_in_words, moment_in_words
from events import composing
from events.enums import AgendaKind, Attendance
from events.facts import Facts, facts_of
from events.models import Meeting, Minutes

# Minutes are an act of the administration: they are written in Arabic.
LANGUAGE = "ar"
OPENING, CARDS, DISCUSSION, CLOSING = "opening", "cards", "discussion", "closing"


@dataclass(frozen=True)
class Section:
    """One passage: `text` is what stands there, `composed` what the facts say by themselves."""

    slug: str
    title: str
    text: str
    composed: str
    # The key of an agenda item, which may turn out not to have been held.
    item: int | None = None
    was_held: bool = True

    @property
    def is_edited(self) -> bool:
        return self.text != self.composed


def sections_of(meeting: Meeting, minutes: Minutes | None, facts: Facts | None = None) -> list[Section]:
    """The passages in order, in Arabic."""
    facts = facts or facts_of(meeting)
    written = minutes.sections if minutes else {}
    not_held = set(minutes.not_held) if minutes else set()
    with override(LANGUAGE):
        composed = [
            (
                OPENING,
                _("Opening"),
                _paragraphs(
                    composing.when_and_where(facts),
                    composing.who_organised(facts),
                    composing.why(facts),
                    composing.how_many(facts),
                ),
                None,
            ),
            *(
                (f"item-{item.pk}", item.title, composing.how_it_went(item), item.pk)
                for item in facts.agenda
                if item.kind != AgendaKind.DISCUSSION
            ),
            (CARDS, _("Cards handed over"), composing.cards_given(facts), None),
            (DISCUSSION, _("Questions and answers"), composing.discussion(facts), None),
            (CLOSING, _("Closing"), composing.outcome(facts), None),
        ]
    return [
        Section(slug, title, written.get(slug, text), text, item, item not in not_held)
        for slug, title, text, item in composed
    ]


def content_of(meeting: Meeting, minutes: Minutes | None) -> dict[str, Any]:
    """Everything that the minutes say, as plain text: what is shown, printed, and frozen when approved."""
    if minutes and minutes.frozen is not None:
        return minutes.frozen
    facts = facts_of(meeting)
    with override(LANGUAGE):
        return {
            "title": meeting.title,
            "day": date_in_words(meeting.starts_at, weekday=True),
            "begun": moment_in_words(meeting.starts_at, weekday=True),
            "venue": meeting.venue,
            "commune": facts.commune.name,
            "organisers": [one.name for one in (*facts.organisers, *facts.partners)],
            "is_recorded": facts.is_recorded,
            "present": [_line(one) for one in facts.came],
            "excused": [_line(one) for one in facts.attending(Attendance.EXCUSED)],
            "absent": [_line(one) for one in facts.attending(Attendance.ABSENT)],
            "groups": [group.name for group in facts.groups],
            "numbers": vars(facts.numbers),
            "sections": [
                {"slug": one.slug, "title": one.title, "text": one.text, "held": one.was_held}
                for one in sections_of(meeting, minutes, facts)
            ],
            "questions": [
                {"text": one.text, "answer": one.answer, "who": one.answerer_words, "due": _due(one)}
                for one in facts.questions
            ],
            "annexes": [one.title for one in minutes.annexes.all()] if minutes else [],
            "decisions": [
                {"text": one.text, "owner": one.owner_name, "due": date_in_words(one.due_on)}
                for one in facts.follow_ups
            ],
        }


def _line(attendee) -> dict[str, str]:
    return {"who": composing.who_is(attendee.invitation), "delegate": attendee.delegate}


def _due(question) -> str:
    """By when an answer was promised."""
    return date_in_words(question.promised.due_on) if question.promised else ""


def _paragraphs(*sentences: str) -> str:
    return "\n".join(filter(None, sentences))
