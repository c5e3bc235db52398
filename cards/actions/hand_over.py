"""Cards given into their holders' hands, and taken back."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cards.actions.reasons import given_reason
from cards.enums import CardState
from cards.lifecycle import CARD
from cards.models import Card, HandOver
from cards.moving import lock_card, move_card
from core.arabic import clean
from core.dates import date_in_words
from core.exceptions import ActionRefused
from core.models import User
from registry.enums import ACTIVE_STATES


@transaction.atomic
def hand_over(*, card: Card, place: str, by: User) -> HandOver:
    """Record that a card was given into its holder's hands. The card that it renews ends at this moment.

    Raises:
        ActionRefused: the card does not lie in its box, was handed over already, stopped or expired, or its
            holder is no longer on the register.
    """
    locked = lock_card(card)
    _check_may_be_given(locked)
    renewed = Card.objects.in_hand().select_for_update().filter(registrant=locked.registrant_id).first()
    given = HandOver.objects.create(
        card=locked, handed_over_by=by, place=clean(place)[:200], renewed_card=renewed
    )
    if renewed:
        move_card(renewed, "renew", by=by, told={"card": locked.serial}, stopped_at=timezone.now())
    move_card(locked, "hand_over", by=by, told={"place": given.place} if given.place else None)
    return given


@transaction.atomic
def undo_hand_over(*, hand_over: HandOver, reason: str, by: User) -> Card:
    """Take a hand-over back, with a reason: the card waits for its holder again, the renewed one is in force.

    Raises:
        ActionRefused: no reason, undone already, or the card was stopped since.
    """
    why = given_reason(reason)
    card = lock_card(hand_over.card)
    locked = HandOver.objects.select_for_update().get(pk=hand_over.pk)
    if locked.undone_at is not None:
        raise ActionRefused(_("This hand-over was undone already."))
    if card.state != CardState.HANDED_OVER:
        raise ActionRefused(
            _("This card is no longer in its holder's hands: %(state)s.")
            % {"state": card.get_state_display()}
        )
    locked.undone_at, locked.undone_by, locked.undo_reason = timezone.now(), by, why
    locked.save(update_fields=["undone_at", "undone_by", "undo_reason"])
    move_card(card, "take_back", by=by, reason=why)
    if locked.renewed_card_id:
        renewed = Card.objects.select_for_update().get(pk=locked.renewed_card_id)
        move_card(renewed, "undo_renewal", by=by, reason=why, stopped_at=None)
    return card


def _check_may_be_given(card: Card) -> None:
    if card.is_coming and card.state != CardState.IN_BOX:
        raise ActionRefused(
            _("This card is not in its box yet: %(state)s.") % {"state": card.get_state_display()}
        )
    if card.state == CardState.HANDED_OVER:
        raise ActionRefused(_("This card was handed over already."))
    if not card.is_live:
        raise ActionRefused(
            _("This card may not be handed over: %(state)s.") % {"state": card.get_state_display()}
        )
    CARD.check("hand_over", card.state)
    if card.registrant.state not in ACTIVE_STATES:
        state = card.registrant.get_state_display()
        raise ActionRefused(_("Its holder may not receive a card: %(state)s.") % {"state": state})
    if card.valid_until < timezone.localdate():
        raise ActionRefused(_("This card expired on %(date)s.") % {"date": date_in_words(card.valid_until)})
