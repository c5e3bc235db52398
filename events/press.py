"""A meeting's press release: composed of the facts until somebody writes their own words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import override

from events import composing
from events.facts import Facts, facts_of
from events.models import Meeting, PressRelease


@dataclass(frozen=True)
class Draft:
    """A title, and paragraphs with an empty line between two of them."""

    title: str
    body: str


def compose(meeting: Meeting, language: str) -> Draft:
    """What the facts say in `ar` or `fr`."""
    facts = facts_of(meeting)
    with override(language):
        paragraphs = [
            _sentences(composing.when_and_where(facts), composing.who_organised(facts), composing.why(facts)),
            *_guests(facts),
            *(composing.how_it_went(item) for item in facts.agenda),
            _sentences(composing.cards_given(facts), composing.discussion(facts)),
            composing.outcome(facts),
        ]
        return Draft(meeting.title, "\n\n".join(filter(None, paragraphs)))


def release_of(meeting: Meeting, language: str) -> PressRelease:
    """The release as it was saved, else a new one, not saved yet, that says what the facts say."""
    saved = PressRelease.objects.filter(meeting=meeting, language=language).first()
    if saved:
        return saved
    draft = compose(meeting, language)
    return PressRelease(
        meeting=meeting, language=language, title=draft.title[:200], body=draft.body, version=0
    )


def _guests(facts: Facts) -> list[str]:
    """Who came, one line each in the order of protocol; then the groups and the numbers."""
    paragraphs = []
    if facts.came:
        lines = [_("Among those present:"), *(f"• {composing.came_as(one)}" for one in facts.came)]
        paragraphs.append("\n".join(lines))
    groups = composing.joined(composing.in_sentence(group.name) for group in facts.groups)
    if groups:
        also = _("Also present: %(groups)s.") % {"groups": groups}
        paragraphs.append(_sentences(also, composing.how_many(facts)))
    elif facts.numbers.present:
        paragraphs.append(composing.how_many(facts))
    return paragraphs


def _sentences(*sentences: str) -> str:
    return " ".join(filter(None, sentences))
