"""Cards stop with what the register decides: an entry merged into another, or struck off."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cards.actions import leave_out, withdraw_request
from cards.enums import CardState
from cards.models import Card, CardRequest
from cards.moving import lock_card, move_card
from core.models import User
from registry.enums import RegistrantState
from registry.models import Registrant


@transaction.atomic
def stop_card_of_merged(*, kept: Registrant, merged: Registrant, by: User, **_signal) -> None:
    """Stop what the entry that went had, once the merge is committed: a person has one card.

    A card still in a batch is left out of it; one that is printed all the same cannot be handed over.
    """
    reason = _("The entry was merged into %(nia)s.") % {"nia": kept.nia or kept.pk}
    _leave_out_unprinted(merged, reason, by)
    for card in Card.objects.live().filter(registrant=merged).order_by("pk"):
        locked = lock_card(card)
        if locked.is_live:
            move_card(locked, "revoke", by=by, reason=reason, stopped_at=timezone.now(), stop_reason=reason)


@transaction.atomic
def leave_out_struck_off(*, registrant: Registrant, **_signal) -> None:
    """Nobody struck off is printed a card; one that is out answers as the register says of its holder."""
    if registrant.state == RegistrantState.STRUCK_OFF:
        _leave_out_unprinted(registrant, str(registrant.get_state_display()), None)


def _leave_out_unprinted(person: Registrant, reason: str, by: User | None) -> None:
    for card in Card.objects.filter(registrant=person, state=CardState.IN_BATCH):
        leave_out(card=card, reason=reason, by=by)
    for request in CardRequest.objects.open().filter(registrant=person):
        withdraw_request(request=request, reason=reason, by=by)
