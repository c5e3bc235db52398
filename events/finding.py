"""Whom a scanned or typed text means at a meeting: a card, an invitation, a number of the register."""

import re
from dataclasses import dataclass

from cards.enums import CheckOutcome
from cards.models import Card
from cards.search import identify, outcome_of
from core.arabic import clean
from events import tokens
from events.enums import ScanResult
from events.models import Invitation, Meeting
from registry.models import Registrant

# What a check of the card answers, in the words of the desk; anything else lets its holder in.
REFUSALS = {
    CheckOutcome.EXPIRED: ScanResult.EXPIRED_CARD,
    CheckOutcome.REVOKED: ScanResult.STOPPED_CARD,
    CheckOutcome.REPLACED: ScanResult.STOPPED_CARD,
    CheckOutcome.UNKNOWN: ScanResult.UNKNOWN,
    CheckOutcome.FORGED: ScanResult.FORGED,
}
# An invitation's token, alone or at the end of its address; a card's is longer.
_INVITATION = re.compile(rf"(?:^|/)([A-Z2-7]{{{tokens.LENGTH}}})/?(?:[?#].*)?$", re.IGNORECASE)


@dataclass(frozen=True)
class Found:
    """Who was found; `refusal` is what speaks against the thing shown, whatever the list's rules."""

    registrant: Registrant | None = None
    invitation: Invitation | None = None
    card: Card | None = None
    outcome: CheckOutcome = CheckOutcome.UNKNOWN
    refusal: ScanResult | None = None
    # Whether the card itself was shown, and its holder not found in another way.
    card_shown: bool = False
    by_invitation: bool = False


def find(text: str, meeting: Meeting) -> Found:
    """Whom a card, an invitation, or a number typed by hand stands for.

    Somebody on the register whose card is not ordered yet may attend, so a registration or identity number
    is enough.
    """
    address = _INVITATION.search(clean(text))
    if address:
        return _invitation_in(address, meeting)
    found = identify(text, Card.objects.for_desk())
    if found.card:
        person, card, outcome = found.card.registrant, found.card, found.outcome
    elif found.outcome == CheckOutcome.FORGED:
        return Found(outcome=found.outcome, refusal=ScanResult.FORGED)
    else:
        person = Registrant.objects.by_sign_in_name(text)
        if person is None:
            return Found(refusal=ScanResult.UNKNOWN)
        card, outcome = card_of(person)
    return Found(
        registrant=person,
        invitation=invited(meeting, person),
        card=card,
        outcome=outcome,
        refusal=REFUSALS.get(outcome),
        card_shown=found.card is not None,
    )


def of_registrant(person: Registrant, meeting: Meeting) -> Found:
    """Somebody of the register, chosen from a list of names."""
    card, outcome = card_of(person)
    return Found(person, invited(meeting, person), card, outcome, REFUSALS.get(outcome))


def of_invitation(invitation: Invitation) -> Found:
    """Somebody invited, chosen from a list of names."""
    if invitation.registrant_id is None:
        return Found(invitation=invitation, outcome=CheckOutcome.VALID, by_invitation=True)
    card, outcome = card_of(invitation.registrant)
    # Who is invited by name comes as a guest: their card is not what lets them in.
    return Found(invitation.registrant, invitation, card, outcome, by_invitation=True)


def card_of(person: Registrant) -> tuple[Card | None, CheckOutcome]:
    """The card that counts and what it is worth; somebody without any is let in by their number."""
    card = Card.objects.filter(registrant=person).select_related("registrant").live_first().first()
    return card, outcome_of(card) if card else CheckOutcome.VALID


def invited(meeting: Meeting, person: Registrant) -> Invitation | None:
    own = Invitation.objects.standing().filter(meeting=meeting, registrant=person)
    found = own.select_related("institution").sole()
    if found:
        found.registrant = person
    return found


def _invitation_in(address: re.Match, meeting: Meeting) -> Found:
    """The invitation whose signed address this is, withdrawn or of another meeting too."""
    key = tokens.read(address[1], purpose="invitation")
    if key is None:
        return Found(outcome=CheckOutcome.FORGED, refusal=ScanResult.FORGED)
    people = Invitation.objects.select_related("institution", "registrant__region", "meeting")
    invitation = people.filter(key=key).first()
    if invitation is None:
        # A newer letter was sent: the old one is void.
        return Found(refusal=ScanResult.NOT_INVITED)
    if invitation.meeting_id != meeting.pk:
        return Found(invitation=invitation, refusal=ScanResult.WRONG_MEETING)
    if invitation.withdrawn_at is not None:
        return Found(invitation=invitation, refusal=ScanResult.NOT_INVITED)
    return of_invitation(invitation)
