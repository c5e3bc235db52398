"""Sentences about a meeting, in Arabic and in French, made of its facts.

Each sentence is a text of the catalogue, so that an Arabic one is written as Arabic and a French one as
French. Nothing here knows any particular meeting; a sentence without its facts is left out.
"""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from core.arabic import fold
from core.dates import date_in_words
from events.enums import AgendaKind, Attendance
from events.facts import Attendee, Facts
from events.models import AgendaItem, Invitation


def when_and_where(facts: Facts) -> str:
    """The first sentence: which meeting, where, when."""
    meeting = facts.meeting
    return _(
        "“%(meeting)s” was held on %(day)s, at %(time)s, at %(venue)s, in the commune of %(commune)s."
    ) % {
        "meeting": meeting.title,
        "venue": meeting.venue,
        "commune": facts.commune.name,
        "day": date_in_words(meeting.starts_at, weekday=True),
        "time": f"{timezone.localtime(meeting.starts_at):%H:%M}",
    }


def who_organised(facts: Facts) -> str:
    if not facts.organisers:
        return ""
    names = {"organisers": joined(one.name for one in facts.organisers)}
    if facts.partners:
        names["partners"] = joined(one.name for one in facts.partners)
        return _("It was organised by %(organisers)s, in partnership with %(partners)s.") % names
    return _("It was organised by %(organisers)s.") % names


def why(facts: Facts) -> str:
    """The caravan and its programme, and the meeting's purpose."""
    caravan = facts.meeting.caravan
    sentence = _("It is a stop of “%(caravan)s”, within “%(programme)s”.") % {
        "caravan": caravan.name,
        "programme": caravan.programme.name,
    }
    if facts.meeting.purpose:
        sentence += " " + _("Its purpose: %(purpose)s.") % {"purpose": _bare(facts.meeting.purpose)}
    return sentence


def who_is(invitation: Invitation) -> str:
    """Name, function and institution, none of them said twice."""
    title, institution = invitation.title, invitation.institution_name
    if title and institution and fold(institution) in fold(title):
        institution = ""
    if title and institution and len(title.split()) == 1:
        # A bare "representative" is one of something.
        words = pgettext("function of an institution", "%(title)s of %(institution)s")
        title, institution = words % {"title": title, "institution": institution}, ""
    return pgettext("separator", ", ").join(filter(None, (invitation.name, title, institution)))


def who_speaks(invitation: Invitation) -> str:
    """A name with its function, or the function alone: institutions stand in the list of those present."""
    if invitation.name and invitation.title:
        return f"{invitation.name} ({in_sentence(invitation.title)})"
    return invitation.name or in_sentence(invitation.title) or str(invitation)


def came_as(attendee: Attendee) -> str:
    """As `who_is`, with who came in their place."""
    words = who_is(attendee.invitation)
    if attendee.attendance == Attendance.DELEGATED:
        return _("%(guest)s, represented by %(delegate)s") % {"guest": words, "delegate": attendee.delegate}
    return words


def how_many(facts: Facts) -> str:
    """The numbers of the desks; nothing where nobody was checked in."""
    numbers = facts.numbers
    if not numbers.present:
        return ""
    sentence = ngettext("%(n)s person was present.", "%(n)s persons were present.", numbers.present) % {
        "n": numbers.present
    }
    if numbers.women or numbers.men:
        sentence += " " + _("Of the artisans among them, %(women)s were women and %(men)s men.") % {
            "women": numbers.women,
            "men": numbers.men,
        }
    return sentence


def how_it_went(item: AgendaItem) -> str:
    """What was done under one item of the agenda."""
    said = {
        "title": item.title,
        "speakers": joined(who_speaks(one) for one in item.speakers.all()),
        "recipients": joined(in_sentence(one) for one in item.recipients),
    }
    parts = [_opening(item, said)]
    if item.themes:
        parts.append(_("It dealt with: %(themes)s.") % {"themes": listed(item.themes)})
    domains = [domain.name for domain in item.service_domains.all()]
    if domains:
        parts.append(_("It covered these domains of service: %(domains)s.") % {"domains": listed(domains)})
    if item.partners:
        parts.append(_("The partners concerned: %(partners)s.") % {"partners": listed(item.partners)})
    return " ".join(parts)


def cards_given(facts: Facts) -> str:
    if not facts.numbers.cards:
        return ""
    return ngettext(
        "%(n)s professional card was handed over during the meeting.",
        "%(n)s professional cards were handed over during the meeting.",
        facts.numbers.cards,
    ) % {"n": facts.numbers.cards}


def discussion(facts: Facts) -> str:
    """How many questions were asked; each of them stands in the minutes."""
    if not facts.questions:
        return ""
    answered = sum(bool(question.answer) for question in facts.questions)
    return _("Questions from the floor: %(asked)s; answered at once: %(answered)s.") % {
        "asked": len(facts.questions),
        "answered": answered,
    }


def outcome(facts: Facts) -> str:
    if not facts.meeting.outcome:
        return ""
    return _("The meeting ended with this: %(outcome)s.") % {"outcome": _bare(facts.meeting.outcome)}


def in_sentence(words: str) -> str:
    """A function or a group inside a sentence: it begins small, unless it is initials."""
    return words[:1].lower() + words[1:] if words[1:2].islower() else words


def joined(words: Iterable[str]) -> str:
    """`a, b and c`."""
    several = [word for word in words if word]
    if len(several) < 2:
        return "".join(several)
    first = pgettext("between several", ", ").join(several[:-1])
    return pgettext("the last of several", "%(first)s and %(last)s") % {"first": first, "last": several[-1]}


def listed(words: Iterable[str]) -> str:
    """Longer wordings, which hold commas themselves."""
    return pgettext("separator of wordings", "; ").join(_bare(word) for word in words)


def _opening(item: AgendaItem, said: dict[str, str]) -> str:
    if item.kind == AgendaKind.CARD_HANDOVER:
        return _handed_over(said)
    if item.kind == AgendaKind.SPEECH and said["speakers"]:
        return _("“%(title)s”: the floor was taken by %(speakers)s.") % said
    if item.kind == AgendaKind.DISCUSSION:
        return _("The floor was then opened to everybody present: “%(title)s”.") % said
    if said["speakers"]:
        return _("A presentation on “%(title)s” was given by %(speakers)s.") % said
    return _("The meeting dealt with “%(title)s”.") % said


def _handed_over(said: dict[str, str]) -> str:
    if said["speakers"] and said["recipients"]:
        return _("“%(title)s” was given by %(speakers)s; cards were received by %(recipients)s.") % said
    if said["recipients"]:
        return _("“%(title)s”: cards were received by %(recipients)s.") % said
    return _("Cards were then handed over: “%(title)s”.") % said


def _bare(words: str) -> str:
    """Without the full stop that the sentence around it ends with."""
    return words.strip().rstrip(".")
