"""The checks that partners make of a card, each kept."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from cards.actions import note_check
from cards.enums import CheckOutcome
from cards.models import Card
from cards.search import identify
from core import audit
from core.models import User
from partners.eligibility import Right, rights
from partners.models import Offer, Partner


@dataclass(frozen=True)
class Answer:
    """What a partner learns of a card: valid or not, whose, and the rights to the partner's own offers."""

    outcome: CheckOutcome
    holder: str = ""
    rights: Sequence[Right] = ()


def check_rights(*, text: str, partner: Partner, by: User) -> Answer:
    """Answer a partner's agent who scanned or typed a card; that it was asked is kept.

    A card that is not valid says nothing of its holder.
    """
    found = identify(text)
    note_check(found.card, region=by.region_id or "")
    return answer_check(card=found.card, outcome=found.outcome, partner=partner, by=by)


@transaction.atomic
def answer_check(*, card: Card | None, outcome: CheckOutcome, partner: Partner, by: User) -> Answer:
    """The same of a card that was checked, and counted, already."""
    audit.record(
        action="partners.card.checked",
        by=by,
        subject=card,
        region_code=card.registrant.region_id if card else "",
        after={"outcome": str(outcome), "partner": partner.code},
    )
    if card is None or outcome != CheckOutcome.VALID:
        return Answer(outcome)
    offers = Offer.objects.running().of_partner(partner).in_catalogue_order().with_list_columns()
    holder = card.registrant
    return Answer(outcome, holder.name, rights(offers=offers, holder=holder, outcome=outcome))
