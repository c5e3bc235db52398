"""Every change to cards: state checked under a lock, audited in the same transaction."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cards.enums import STOP_STATES, CardState
from cards.models import Card, HandOver
from core import audit
from core.arabic import clean
from core.dates import date_in_words
from core.exceptions import ActionRefused
from core.models import User
from registry.enums import RegistrantState


@transaction.atomic
def hand_over(*, card: Card, place: str, by: User) -> HandOver:
    """Record that a card was given into its holder's hands.

    Raises:
        ActionRefused: the card is not made yet, handed over already, stopped or expired, or its holder is no
            longer on the register.
    """
    locked = _lock(card)
    if locked.state == CardState.ORDERED:
        raise ActionRefused(_("This card is not made yet."))
    if locked.state == CardState.HANDED_OVER:
        raise ActionRefused(_("This card was handed over already."))
    if locked.state != CardState.MADE:
        raise ActionRefused(
            _("This card may not be handed over: %(state)s.") % {"state": locked.get_state_display()}
        )
    if locked.registrant.state != RegistrantState.REGISTERED:
        state = locked.registrant.get_state_display()
        raise ActionRefused(_("Its holder may not receive a card: %(state)s.") % {"state": state})
    if locked.valid_until < timezone.localdate():
        raise ActionRefused(_("This card expired on %(date)s.") % {"date": date_in_words(locked.valid_until)})
    given = HandOver.objects.create(card=locked, handed_over_by=by, place=clean(place)[:200])
    _change_state(locked, CardState.HANDED_OVER, "cards.card.handed_over", by, place=given.place)
    return given


@transaction.atomic
def undo_hand_over(*, hand_over: HandOver, reason: str, by: User) -> Card:
    """Take a hand-over back, with a reason: the card waits for its holder again.

    Raises:
        ActionRefused: no reason, undone already, or the card was stopped since.
    """
    why = _reason(reason)
    card = _lock(hand_over.card)
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
    _change_state(card, CardState.MADE, "cards.card.hand_over_undone", by, reason=why)
    return card


@transaction.atomic
def stop_card(*, card: Card, state: str, reason: str, by: User) -> Card:
    """Stop a card for good, on a ground and with a reason: from this moment its QR answers "revoked".

    Raises:
        ActionRefused: no reason, an unknown ground, a card stopped already, or one whose batch is not made.
    """
    why = _reason(reason)
    if state not in STOP_STATES:
        raise ActionRefused(_("Choose the ground."))
    locked = _lock(card)
    if not locked.is_live:
        raise ActionRefused(
            _("This card was stopped already: %(state)s.") % {"state": locked.get_state_display()}
        )
    if locked.state == CardState.ORDERED:
        raise ActionRefused(_("This card is not made yet: cancel its batch, or stop it once it is made."))
    locked.stopped_at, locked.stop_reason = timezone.now(), why
    _change_state(locked, CardState(state), "cards.card.stopped", by, reason=why)
    return locked


def _lock(card: Card) -> Card:
    return Card.objects.select_for_update(of=("self",)).select_related("registrant").get(pk=card.pk)


def _change_state(
    card: Card, state: CardState, action: str, by: User, *, reason: str = "", place: str = ""
) -> None:
    before = {"state": card.state}
    card.state = state
    card.save(update_fields=["state", "stopped_at", "stop_reason"])
    audit.record(
        action=action,
        by=by,
        subject=card,
        region_code=card.registrant.region_id,
        before=before,
        after={"state": state} | ({"place": place} if place else {}),
        reason=reason,
    )


def _reason(text: str) -> str:
    reason = clean(text)
    if not reason:
        raise ActionRefused(_("Give a reason."))
    return reason
