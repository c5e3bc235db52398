"""The card of an entry that was merged into another: a person has one card."""

from django.utils import timezone
from django.utils.translation import gettext as _

from cards.actions import stop_card
from cards.enums import CardState
from cards.models import Card
from core.models import User
from registry.actions import note_card_standing
from registry.enums import CardStanding
from registry.models import Registrant


def stop_card_of_merged(*, kept: Registrant, merged: Registrant, by: User, **_signal) -> None:
    """Stop the live card of the entry that went, once the merge is committed.

    One that is still in a batch is cancelled there: it may be printed, but nobody can hand it over.
    """
    reason = _("The entry was merged into %(nia)s.") % {"nia": kept.nia or kept.pk}
    for card in Card.objects.live().filter(registrant=merged).order_by("pk"):
        if card.state != CardState.ORDERED:
            stop_card(card=card, state=CardState.REVOKED, reason=reason, by=by)
            continue
        Card.objects.filter(pk=card.pk, state=CardState.ORDERED).update(
            state=CardState.CANCELLED, stopped_at=timezone.now(), stop_reason=reason
        )
        note_card_standing(registrant_ids=[merged.pk], standing=CardStanding.STOPPED)
