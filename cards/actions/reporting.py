"""A holder's own report: the card is lost, stolen or damaged, and from this moment worth nothing."""

from django.db import transaction
from django.utils.translation import gettext as _

from cards.actions.requests import request_card
from cards.actions.stopping import stop_card
from cards.enums import RequestSource
from cards.models import Card, CardRequest
from core.exceptions import ActionRefused
from core.models import User
from registry.models import Ground

# What a holder can say of the card; every other ground is the chamber's.
HOLDERS_GROUNDS = ("lost", "stolen", "damaged")


@transaction.atomic
def report_card(*, card: Card, ground: Ground, words: str, wants_new: bool, by: User) -> CardRequest | None:
    """Stop the holder's card, and ask for one in its place where the holder wishes; gives that request.

    What was asked for already, such as a renewal, takes its place. Where no card may be asked for, as by
    somebody suspended, the card is stopped all the same: a wish never undoes that.

    Raises:
        ActionRefused: another ground, or a card stopped already or not printed yet.
    """
    if ground.code not in HOLDERS_GROUNDS:
        raise ActionRefused(_("Choose a ground of the chamber's list."))
    stopped = stop_card(card=card, ground=ground, reason=words, by=by)
    if not wants_new or stopped.registrant.cards.coming().exists():
        return None
    asked = stopped.registrant.card_requests.open().first()
    if asked:
        return asked
    try:
        return request_card(registrant=stopped.registrant, source=RequestSource.HOLDER, by=by)
    except ActionRefused:
        return None
