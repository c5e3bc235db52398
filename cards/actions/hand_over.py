"""Cards given into their holders' hands, refused, brought back, and hand-overs undone."""

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cards.actions.proxies import ProxyData, record_proxy
from cards.actions.reasons import given_reason
from cards.enums import CardState, FailureKind, NoticeKind
from cards.lifecycle import CARD
from cards.models import Card, HandOver, HandOverFailure
from cards.moving import lock_card, move_card
from cards.notices import tell_holder
from core import audit
from core.arabic import clean
from core.dates import date_in_words
from core.exceptions import ActionRefused
from core.models import User
from registry.actions.grounding import check_ground
from registry.enums import ACTIVE_STATES, GroundProcedure
from registry.models import Ground


@transaction.atomic
def hand_over(
    *,
    card: Card,
    place: str,
    by: User,
    proxy: ProxyData | None = None,
    signature: ContentFile | None = None,
) -> HandOver:
    """Record that a card was given into its holder's hands, or a proxy's. The card that it renews ends now.

    The holder is told once it is committed. `signature` is a PNG of `core.images.reencode_image`.

    Raises:
        ActionRefused: the card does not lie in its box, was handed over already, stopped or expired; its
            holder is no longer on the register; or the proxy may not receive it.
    """
    locked = lock_card(card)
    check_may_be_given(locked)
    receiver = record_proxy(locked, proxy) if proxy else None
    renewed = Card.objects.in_hand().select_for_update().filter(registrant=locked.registrant_id).first()
    given = HandOver(
        card=locked, handed_over_by=by, place=clean(place)[:200], renewed_card=renewed, proxy=receiver
    )
    if signature:
        given.signature.save(f"{locked.serial}.png", signature, save=False)
    given.save()
    if renewed:
        move_card(renewed, "renew", by=by, told={"card": locked.serial}, stopped_at=timezone.now())
    told = {"place": given.place} if given.place else {}
    if receiver:
        told["proxy"] = receiver.get_relation_display()
    move_card(locked, "hand_over", by=by, told=told)
    tell_holder(card=locked, kind=NoticeKind.HANDED_OVER, number=given.pk)
    return given


@transaction.atomic
def undo_hand_over(*, hand_over: HandOver, reason: str, by: User) -> Card:
    """Take a hand-over back, with a reason: the card waits for its holder again, the renewed one is in force.

    Raises:
        ActionRefused: no reason, undone already, the card was stopped since, or a newer one is on its way.
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
    _check_may_wait_again(card)
    locked.undone_at, locked.undone_by, locked.undo_reason = timezone.now(), by, why
    locked.save(update_fields=["undone_at", "undone_by", "undo_reason"])
    move_card(card, "take_back", by=by, reason=why)
    if locked.renewed_card_id:
        renewed = Card.objects.select_for_update().get(pk=locked.renewed_card_id)
        move_card(renewed, "undo_renewal", by=by, reason=why, stopped_at=None)
    return card


@transaction.atomic
def refuse_hand_over(*, card: Card, ground: Ground | None, note: str, by: User) -> HandOverFailure:
    """Record that a card was not taken, or not given, at the counter: it stays in its box.

    Raises:
        ActionRefused: the card does not lie in its box, or no ground of the chamber's list was chosen.
    """
    locked = lock_card(card)
    CARD.check("hand_over", locked.state)
    failure = _failure(locked, FailureKind.REFUSED, ground, note, by)
    audit.record(
        action="cards.card.refused",
        by=by,
        subject=locked,
        region_code=locked.registrant.region_id,
        after={"state": locked.state, "ground": str(failure.ground)},
        reason=failure.note,
    )
    return failure


@transaction.atomic
def return_card(*, card: Card, ground: Ground | None, note: str, by: User) -> HandOverFailure:
    """Record that a holder brought their card back: it lies in its box again, and is not in force.

    What it renewed stays ended: the holder has had the new card.

    Raises:
        ActionRefused: the card is not with its holder, a newer one is on its way, or no ground of the
            chamber's list was chosen.
    """
    locked = lock_card(card)
    CARD.check("take_back", locked.state)
    _check_may_wait_again(locked)
    failure = _failure(locked, FailureKind.RETURNED, ground, note, by)
    locked.hand_overs.standing().update(
        undone_at=timezone.now(), undone_by=by, undo_reason=failure.note or str(failure.ground)
    )
    move_card(locked, "take_back", by=by, reason=failure.note, told={"ground": str(failure.ground)})
    return failure


def _check_may_wait_again(card: Card) -> None:
    """Two cards of one person do not wait at once."""
    if card.registrant.cards.coming().exclude(pk=card.pk).exists():
        raise ActionRefused(
            _("A newer card of this person is on its way: handing that one over ends this one.")
        )


def _failure(card: Card, kind: FailureKind, ground: Ground | None, note: str, by: User) -> HandOverFailure:
    chosen = check_ground(
        procedure=GroundProcedure.HAND_OVER_FAILURE, ground=ground, region_id=card.registrant.region_id
    )
    return HandOverFailure.objects.create(
        card=card, kind=kind, ground=chosen, note=clean(note)[:500], recorded_by=by
    )


def check_may_be_given(card: Card) -> None:
    """Say why a card may not be handed over now, if so.

    Raises:
        ActionRefused: it does not wait for its holder, it expired, or its holder is not on the register.
    """
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
