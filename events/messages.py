"""What messages to people invited say: short for the telephone, whole by e-mail, in the language of each."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from core.dates import moment_in_words
from core.models import Chamber
from events.enums import MeetingState, Occasion
from events.links import answer_url
from events.models import Invitation, Meeting

LANGUAGE = "ar"


def sms_text(invitation: Invitation, occasion: str, chamber: Chamber) -> str:
    """One text message, in Arabic: what every telephone of the country shows."""
    with override(LANGUAGE):
        words = _facts(invitation.meeting, chamber)
        if occasion == Occasion.NOTICE:
            return _notice(invitation.meeting, words)
        words["url"] = answer_url(invitation)
        if occasion == Occasion.REMINDER:
            return (
                _("%(chamber)s: reminder of “%(title)s”, %(when)s, %(where)s. Your answer: %(url)s") % words
            )
        return _("%(chamber)s invites you to “%(title)s”, %(when)s, %(where)s. Your answer: %(url)s") % words


def email_parts(invitation: Invitation, occasion: str, chamber: Chamber) -> tuple[str, str]:
    """Subject and text: Arabic, then French where the meeting has its French words."""
    subjects, texts = [], []
    for language in ("ar", "fr"):
        with override(language):
            words = _facts(invitation.meeting, chamber) | {"url": answer_url(invitation)}
            words["person"] = str(invitation)
            subjects.append(f"{Occasion(occasion).label}: {words['title']}")
            texts.append(_email_text(invitation.meeting, occasion, words))
    return subjects[0], "\n\n———\n\n".join(texts)


def _email_text(meeting: Meeting, occasion: str, words: dict) -> str:
    if occasion == Occasion.NOTICE:
        body = _notice(meeting, words)
    else:
        body = _("%(chamber)s has the honour of inviting you to “%(title)s”, %(when)s, %(where)s.") % words
    lines = [words["person"], "", body]
    if meeting.state not in (MeetingState.CANCELLED, MeetingState.POSTPONED):
        lines += ["", _("Please say by this address whether you come: %(url)s") % words]
    return "\n".join(lines)


def _notice(meeting: Meeting, words: dict) -> str:
    if meeting.state == MeetingState.CANCELLED:
        return _("%(chamber)s: “%(title)s” of %(when)s is cancelled. %(note)s") % words
    if meeting.state == MeetingState.POSTPONED:
        return _("%(chamber)s: “%(title)s” of %(when)s is postponed to a later date. %(note)s") % words
    return _("%(chamber)s: “%(title)s” now takes place %(when)s, %(where)s.") % words


def _facts(meeting: Meeting, chamber: Chamber) -> dict[str, str]:
    return {
        "chamber": chamber.name,
        "title": meeting.title,
        "when": moment_in_words(meeting.starts_at, weekday=True),
        "where": meeting.venue,
        "note": meeting.ground_note,
    }
