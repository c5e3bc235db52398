"""The checks that partners make of a card or of a voucher's code, each kept."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from cards.actions import note_check
from cards.enums import CheckOutcome
from cards.models import Card
from cards.search import Identification, identify, outcome_of, shown_portrait
from core import audit
from core.models import User
from partners.eligibility import Right, rights
from partners.models import ApiKey, Offer, Partner, Voucher
from registry.models import Registrant


@dataclass(frozen=True)
class Answer:
    """What a partner learns of a card: valid or not, whose, and the rights to the partner's own offers.

    Attributes:
        holder: None unless the card is valid.
        photograph: a JPEG, where the holder's chamber and the holder allow it.
        voucher: set where a voucher's code was asked about: `rights` is then the one right to its offer.
    """

    outcome: CheckOutcome
    holder: Registrant | None = None
    photograph: bytes | None = None
    rights: Sequence[Right] = ()
    card: Card | None = None
    voucher: Voucher | None = None


def check_rights(*, text: str, partner: Partner, by: User | None = None, key: ApiKey | None = None) -> Answer:
    """Answer a partner's agent or till that scanned or typed a card, or a voucher; that it asked is kept.

    A card that is not valid says nothing of its holder.

    Args:
        by, key: who asks: one of them.
    """
    voucher = Voucher.objects.known_to(partner, text)
    found = _card_behind(voucher) if voucher else identify(text)
    note_check(found.card, region=(by.region_id or "") if by else "")
    return answer_check(found=found, partner=partner, voucher=voucher, by=by, key=key)


@transaction.atomic
def answer_check(
    *,
    found: Identification,
    partner: Partner,
    voucher: Voucher | None = None,
    by: User | None = None,
    key: ApiKey | None = None,
) -> Answer:
    """The same of a card that was checked, and counted, already."""
    card, outcome = found.card, CheckOutcome(found.outcome)
    audit.record(
        action="partners.card.checked",
        by=by,
        subject=card,
        region_code=card.registrant.region_id if card else "",
        after={"outcome": outcome.value, "partner": partner.code} | ({"key": key.prefix} if key else {}),
    )
    if card is None or outcome != CheckOutcome.VALID:
        return Answer(outcome, voucher=voucher)
    offers = Offer.objects.of_partner(partner).in_catalogue_order().with_list_columns()
    offers = offers.filter(pk=voucher.offer_id) if voucher else offers.running()
    holder = card.registrant
    return Answer(
        outcome=outcome,
        holder=holder,
        photograph=shown_portrait(found),
        rights=rights(offers=offers, holder=holder, outcome=outcome),
        card=card,
        voucher=voucher,
    )


def _card_behind(voucher: Voucher) -> Identification:
    card = Card.objects.for_check().filter(registrant=voucher.registrant_id).live_first().first()
    return Identification(outcome_of(card), card) if card else Identification(CheckOutcome.UNKNOWN)
