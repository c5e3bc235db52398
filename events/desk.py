"""What the desk's screen answers to a scan, as things stand now."""

from dataclasses import dataclass, field, replace

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from cards.enums import CardState
from cards.models import Card
from core.dates import moment_in_words
from core.models import User
from core.roles import Permission
from events.duties import may_work_at
from events.enums import ScanResult
from events.models import CheckIn, CheckInList, Scan

# Kind gives the colour, icon the drawing, sound the tune: a result is told in four ways besides its word.
LOOKS = {
    ScanResult.RECORDED: ("success", "check-circle", "recorded"),
    ScanResult.ALREADY_IN: ("warning", "arrow-path", "again"),
    ScanResult.NOT_INVITED: ("danger", "envelope", "refused"),
    ScanResult.WRONG_MEETING: ("info", "calendar-days", "elsewhere"),
    ScanResult.NOT_AT_DOOR: ("warning", "arrow-left-end-on-rectangle", "elsewhere"),
    ScanResult.CARD_NEEDED: ("danger", "identification", "refused"),
    ScanResult.WRONG_REGION: ("neutral", "map-pin", "elsewhere"),
    ScanResult.STOPPED_CARD: ("stopped", "no-symbol", "stopped"),
    ScanResult.EXPIRED_CARD: ("stopped", "clock", "stopped"),
    ScanResult.UNKNOWN: ("neutral", "question-mark-circle", "refused"),
    ScanResult.FORGED: ("stopped", "shield-exclamation", "stopped"),
}
ADVICE = {
    ScanResult.NOT_INVITED: _("Only people who are invited enter here. Send the person to the reception."),
    ScanResult.WRONG_MEETING: _("The invitation is for another meeting."),
    ScanResult.NOT_AT_DOOR: _("Send the person to the door first."),
    ScanResult.CARD_NEEDED: _("Only holders of a professional card enter here."),
    ScanResult.WRONG_REGION: _(
        "This card belongs to another region's chamber. Its holder is not on our list."
    ),
    ScanResult.STOPPED_CARD: _("Not accepted. Send the person to the card officer."),
    ScanResult.EXPIRED_CARD: _("Not accepted. Send the person to the card officer to renew it."),
    ScanResult.UNKNOWN: _("Check the number, or scan again."),
    ScanResult.FORGED: _("This code was not made by a chamber. Keep calm and call the card officer."),
}


@dataclass(frozen=True)
class Answer:
    """One answer: its look, the person where the reader may know them, and what can be done now."""

    scan: Scan | None
    word: str | Promise
    kind: str
    icon: str
    sound: str
    text: str | Promise = ""
    check_in: CheckIn | None = None
    name: str = ""
    other_name: str = ""
    facts: list[str] = field(default_factory=list)
    waiting_card: Card | None = None
    # Whether a waiting card is handed over at this list, by this reader.
    can_hand_over: bool = False

    @property
    def holds(self) -> bool:
        """Whether the screen waits for a confirmation before the next scan."""
        return self.waiting_card is not None and self.can_hand_over

    @property
    def is_represented(self) -> bool:
        """Whether somebody else came: a card that waits is then a proxy's to receive, with their paper."""
        return bool(self.check_in and self.check_in.delegate_name)

    @property
    def photo_url(self) -> str:
        person = self.check_in and self.check_in.registrant
        if not person or self.check_in.delegate_name or not person.photograph:
            return ""
        return reverse("events:photograph", args=[self.check_in.pk])


def answer_to(scan: Scan, at: CheckInList, user: User) -> Answer:
    """What the screen says of a scan. Asks the database once, where a card may wait for its holder."""
    result = ScanResult(scan.result)
    kind, icon, sound = LOOKS[result]
    present = scan.check_in
    if present is None:
        return Answer(scan, result.label, kind, icon, sound, text=_advice(scan, result))
    known = _person(present)
    if present.undone_at:
        return Answer(scan, _("Presence undone"), "neutral", "arrow-uturn-left", "again", **known)
    given = present.standing_hand_over
    if given:
        if given.handed_over_at > scan.scanned_at:
            word = _("Card handed over")
            return Answer(scan, word, "success", "identification", "handed", **known)
        text = _("The card was handed over here.")
        return Answer(scan, result.label, kind, icon, sound, text=text, **known)
    return _with_card(Answer(scan, result.label, kind, icon, sound, **known), at, user)


def answer_to_walk_in(present: CheckIn) -> Answer:
    kind, icon, sound = LOOKS[ScanResult.RECORDED]
    return Answer(None, ScanResult.RECORDED.label, kind, icon, sound, **_person(present))


def _with_card(answer: Answer, at: CheckInList, user: User) -> Answer:
    """With the card that waits for the person, whoever came for them."""
    present = answer.check_in
    if present.registrant is None:
        return answer
    waiting = Card.objects.waiting_for_holder().for_place().filter(registrant=present.registrant).sole()
    can_hand_over = at.hands_over and may_work_at(user, at.meeting, Permission.HAND_OVER_CARD)
    holds = bool(waiting and can_hand_over)
    more = {
        "sound": "waiting" if holds else answer.sound,
        "text": "" if waiting else _card_in_words(present.card),
        "waiting_card": waiting,
        "can_hand_over": can_hand_over,
    }
    return replace(answer, **more)


def _person(present: CheckIn) -> dict:
    """Who came, in the words of the screen."""
    person, invitation, walk_in = present.registrant, present.invitation, present.walk_in
    facts: list[str] = []
    if present.delegate_name:
        facts = [present.delegate_title, _now("For: %(guest)s") % {"guest": invitation or person.name}]
    elif person:
        facts = [person.nia or "", person.commune.name]
    if invitation:
        facts += [invitation.title if invitation.name else "", invitation.institution_name]
    elif walk_in:
        facts = [_now("Walk-in"), walk_in.commune.name if walk_in.commune else ""]
    other = person.other_name if person and not present.delegate_name else ""
    return {
        "check_in": present,
        "name": present.name,
        "other_name": other,
        "facts": [words for words in dict.fromkeys(facts) if words],
    }


def _advice(scan: Scan, result: ScanResult) -> str | Promise:
    if result == ScanResult.WRONG_MEETING and scan.invitation:
        meeting = scan.invitation.meeting
        words = _now("The invitation is for: %(meeting)s, %(when)s.")
        return words % {"meeting": meeting.title, "when": moment_in_words(meeting.starts_at)}
    return ADVICE[result]


def _card_in_words(card: Card | None) -> str | Promise:
    if card is None:
        return _("No card has been ordered yet.")
    in_making = card.is_coming and card.state != CardState.IN_BOX
    return _("The card is in a batch and not made yet.") if in_making else ""
