"""Finding a card by whatever a scanner, a phone or a person gives, and saying what it is worth today."""

import re
from dataclasses import dataclass

from django.utils import timezone

from cards import tokens
from cards.checked import CheckedCard
from cards.enums import LIVE_STATES, SUCCEEDED_STATES, CardState, CheckOutcome
from cards.faces import PictureMissing, portrait
from cards.models import Card
from cards.querysets import CardQuerySet
from cards.serials import normalise_serial
from core.arabic import clean, digits
from registry.enums import ACTIVE_STATES, ConsentPurpose

# What stands before the token in a scanned address; scanners and keyboards change its case.
_BEFORE_TOKEN = re.compile(r"^.*/v/", re.IGNORECASE | re.DOTALL)
_AFTER_TOKEN = re.compile(r"[/?#].*$", re.DOTALL)
# No registration number is as long as the shortest piece that may be taken for a token.
_TOKEN_LIKE = re.compile(r"[A-Z2-7]{32,}", re.IGNORECASE)


@dataclass(frozen=True)
class Identification:
    """What a check of a card answers; `card` is None where the outcome is unknown or forged."""

    outcome: CheckOutcome
    card: Card | CheckedCard | None = None


def identify(text: str, cards: CardQuerySet | None = None) -> Identification:
    """Say which card a scanned address, a token, a serial number or a registration number (NIA) means.

    Looks through every region: whether the reader may act on the card is the caller's to check.

    Args:
        cards: where to look, with as much of the holder as is needed; all that a check asks for if not said.
    """
    cards = Card.objects.for_check() if cards is None else cards
    typed = clean(text)
    serial = normalise_serial(typed)
    if serial:
        return by_serial(serial, cards)
    if _BEFORE_TOKEN.match(typed) or _TOKEN_LIKE.fullmatch(typed):
        return by_token(token_in(typed), cards)
    return by_nia(typed, cards) if typed else Identification(CheckOutcome.UNKNOWN)


def token_in(text: str) -> str:
    """The token of a scanned address, in whatever case; a text that is no address is left as it is."""
    bare, addressed = _BEFORE_TOKEN.subn("", clean(text))
    return _AFTER_TOKEN.sub("", bare) if addressed else bare


def by_token(token: str, cards: CardQuerySet | None = None) -> Identification:
    """What the token in a QR is worth. One query, and none where its signature does not hold."""
    reading = tokens.read(token)
    if reading.outcome is not tokens.Outcome.AUTHENTIC:
        return Identification(CheckOutcome.FORGED)
    return by_serial(reading.serial, cards)


def by_serial(serial: str, cards: CardQuerySet | None = None) -> Identification:
    """The card of a serial in its printed form."""
    cards = Card.objects.for_check() if cards is None else cards
    return _judged(cards.filter(serial=serial).sole())


def check_token(token: str) -> Identification:
    """What the public check says of a token: the same as `by_token`, with a few columns of the card."""
    serial = tokens.read(token).serial
    return check_serial(serial) if serial else Identification(CheckOutcome.FORGED)


def check_serial(serial: str) -> Identification:
    """What the public check says of a serial, with a few columns of the card."""
    card = CheckedCard.of_serial(serial)
    if card is None:
        return Identification(CheckOutcome.UNKNOWN)
    return Identification(worth(card, holder_state=card.holder_state, is_succeeded=card.is_succeeded), card)


def by_nia(text: str, cards: CardQuerySet) -> Identification:
    """The live card of a registration number, else the last one that its holder had."""
    return _judged(cards.of_nia(digits(clean(text))).live_first().first())


def outcome_of(card: Card) -> CheckOutcome:
    """What a card is worth today; a card stopped for good is told before one that only grew old."""
    succeeded = not card.is_live and _is_succeeded(card)
    return worth(card, holder_state=card.registrant.state, is_succeeded=succeeded)


def worth(card: Card | CheckedCard, *, holder_state: str, is_succeeded: bool) -> CheckOutcome:
    """The same of a card whose holder and newer cards are known already."""
    today = timezone.localdate()
    if holder_state not in ACTIVE_STATES:
        return CheckOutcome.REVOKED
    if card.state not in LIVE_STATES:
        gone = is_succeeded or card.state in SUCCEEDED_STATES
        return CheckOutcome.REPLACED if gone else CheckOutcome.REVOKED
    if card.valid_until < today:
        return CheckOutcome.EXPIRED
    # A card is in force from its hand-over: whatever is taken out of a box is worth nothing.
    if card.state != CardState.HANDED_OVER or card.issued_on > today:
        return CheckOutcome.NOT_YET_VALID
    return CheckOutcome.VALID


def shows_photograph(found: Identification) -> bool:
    """Whether whoever checks a card may see the face on it: it is valid, chamber and holder allow it."""
    return (
        found.outcome == CheckOutcome.VALID
        and bool(found.card.photograph)
        and found.card.registrant.region.chamber.photograph_on_verification
        and found.card.registrant.agrees_to(ConsentPurpose.PHOTOGRAPH_ON_CHECK)
    )


def shown_portrait(found: Identification) -> bytes | None:
    """The JPEG of that face; None where it may not be seen, or is gone."""
    if not shows_photograph(found):
        return None
    try:
        return portrait(found.card.photograph)
    except PictureMissing:
        return None


def _is_succeeded(card: Card) -> bool:
    known = getattr(card, "is_succeeded", None)
    return card.has_successor() if known is None else known


def _judged(card: Card | None) -> Identification:
    if card is None:
        return Identification(CheckOutcome.UNKNOWN)
    return Identification(outcome_of(card), card)
