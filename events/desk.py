"""What the desk's screen answers to a scan, as things stand now."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cards.enums import CardState
from cards.models import Card
from core.models import User
from core.roles import Permission
from events.duties import may_work_at
from events.enums import ScanResult
from events.models import CheckIn, Scan
from registry.models import Registrant

# Kind gives the colour, icon the drawing, sound the tune: a result is told in four ways besides its word.
LOOKS = {
    ScanResult.RECORDED: ("success", "check-circle", "recorded"),
    ScanResult.ALREADY_IN: ("warning", "arrow-path", "again"),
    ScanResult.WRONG_REGION: ("neutral", "map-pin", "refused"),
    ScanResult.STOPPED_CARD: ("danger", "no-symbol", "refused"),
    ScanResult.EXPIRED_CARD: ("danger", "clock", "refused"),
    ScanResult.UNKNOWN: ("neutral", "question-mark-circle", "refused"),
    ScanResult.FORGED: ("danger", "shield-exclamation", "refused"),
}
ADVICE = {
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

    scan: Scan
    word: str | Promise
    kind: str
    icon: str
    sound: str
    text: str | Promise = ""
    person: Registrant | None = None
    check_in: CheckIn | None = None
    waiting_card: Card | None = None
    can_hand_over: bool = False

    @property
    def holds(self) -> bool:
        """Whether the screen waits for a confirmation before the next scan."""
        return self.waiting_card is not None and self.can_hand_over

    @property
    def photo_url(self) -> str:
        if not self.check_in or not self.person.photograph:
            return ""
        return reverse("events:photograph", args=[self.check_in.pk])


def answer_to(scan: Scan, user: User) -> Answer:
    """What the screen says of a scan. Asks the database once, where a card may wait for its holder."""
    result = ScanResult(scan.result)
    kind, icon, sound = LOOKS[result]
    present = scan.check_in
    if present is None:
        return Answer(scan, result.label, kind, icon, sound, text=ADVICE[result])
    if present.undone_at:
        word = _("Presence undone")
        return Answer(scan, word, "neutral", "arrow-uturn-left", "again", person=present.registrant)
    can_hand_over = may_work_at(user, scan.meeting, Permission.HAND_OVER_CARD)
    known = {"person": present.registrant, "check_in": present, "can_hand_over": can_hand_over}
    given = present.standing_hand_over
    if given:
        if given.handed_over_at > scan.scanned_at:
            word = _("Card handed over")
            return Answer(scan, word, "success", "identification", "handed", **known)
        text = _("The card was handed over here.")
        return Answer(scan, result.label, kind, icon, sound, text=text, **known)
    waiting = Card.objects.waiting_for_holder().filter(registrant=present.registrant).first()
    return Answer(
        scan,
        result.label,
        kind,
        icon,
        "waiting" if waiting and can_hand_over else sound,
        text="" if waiting else _card_in_words(present.card),
        waiting_card=waiting,
        **known,
    )


def _card_in_words(card: Card | None) -> str | Promise:
    if card is None:
        return _("No card has been ordered yet.")
    in_making = card.is_coming and card.state != CardState.IN_BOX
    return _("The card is in a batch and not made yet.") if in_making else ""
