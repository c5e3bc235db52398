"""Cards stopped for good, replaced, or left out of their batch before they are printed."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cards.actions.reasons import given_reason
from cards.actions.requests import release_requests, request_card
from cards.enums import LIVE_STATES, NOT_MADE_STATES, CardState, RequestSource
from cards.models import Card, CardRequest
from cards.moving import lock_card, move_card
from core.arabic import clean
from core.exceptions import ActionRefused
from core.models import User
from registry.actions.grounding import check_ground
from registry.enums import GroundProcedure
from registry.models import Ground

# Grounds whose word is the state itself; any other of the two lists replaces or revokes.
_OWN_MOVES = {"lost": "lose", "stolen": "steal", "damaged": "damage"}


@transaction.atomic
def stop_card(*, card: Card, ground: Ground | None, by: User | None, reason: str = "") -> Card:
    """Stop a card for good, on a ground of the chamber's list: from this moment its QR answers "revoked".

    Raises:
        ActionRefused: no ground, one of another list, a card stopped already, or one not printed yet.
    """
    locked = lock_card(card)
    if locked.state == CardState.IN_BATCH:
        raise ActionRefused(_("This card is not printed yet: leave it out of its batch."))
    return _stop(locked, ground, reason, by)


@transaction.atomic
def replace_card(*, card: Card, ground: Ground | None, by: User, reason: str = "") -> CardRequest | None:
    """Stop a card and ask for the one in its place; the old QR is dead from this moment.

    The same order given twice is one order. None where a card is on its way already: a renewal takes the
    place of the card that it renews.

    Raises:
        ActionRefused: the ground is not one for a replacement, the card was stopped on another one, or is not
            printed yet; or its holder is not on the register.
    """
    locked = lock_card(card)
    check_ground(
        procedure=GroundProcedure.CARD_REPLACEMENT, ground=ground, region_id=locked.registrant.region_id
    )
    if locked.state == CardState.IN_BATCH:
        raise ActionRefused(_("This card is not printed yet: leave it out of its batch."))
    if locked.is_live:
        _stop(locked, ground, reason, by)
    elif locked.stop_ground_id != ground.pk:
        raise ActionRefused(
            _("This card was stopped already: %(state)s.") % {"state": locked.get_state_display()}
        )
    # One whose card was itself stopped brings no card any more.
    brings_one = Q(card=None) | Q(card__state__in=LIVE_STATES)
    asked = CardRequest.objects.filter(brings_one, predecessor=locked).exclude(state__in=NOT_MADE_STATES)
    standing = asked.first() or locked.registrant.card_requests.open().first()
    if standing or locked.registrant.cards.coming().exists():
        return standing
    return request_card(registrant=locked.registrant, source=RequestSource.STAFF, by=by)


@transaction.atomic
def leave_out(*, card: Card, reason: str, by: User | None) -> Card:
    """Leave a card out of its batch before it is printed; the request that it came of stands again.

    Raises:
        ActionRefused: no reason, or the card is printed or left out already.
    """
    why = given_reason(reason)
    locked = lock_card(card)
    move_card(locked, "cancel", by=by, reason=why, stopped_at=timezone.now(), stop_reason=why)
    release_requests([locked.pk])
    return locked


def _stop(locked: Card, ground: Ground | None, reason: str, by: User | None) -> Card:
    procedure = ground.procedure if ground else GroundProcedure.CARD_REVOCATION
    if procedure not in (GroundProcedure.CARD_REPLACEMENT, GroundProcedure.CARD_REVOCATION):
        raise ActionRefused(_("Choose a ground of the chamber's list."))
    chosen = check_ground(
        procedure=GroundProcedure(procedure), ground=ground, region_id=locked.registrant.region_id
    )
    is_revocation = procedure == GroundProcedure.CARD_REVOCATION
    move = "revoke" if is_revocation else _OWN_MOVES.get(chosen.code, "replace")
    if not locked.is_live:
        raise ActionRefused(
            _("This card was stopped already: %(state)s.") % {"state": locked.get_state_display()}
        )
    return move_card(
        locked,
        move,
        by=by,
        reason=clean(reason),
        told={"ground": str(chosen)},
        stopped_at=timezone.now(),
        stop_ground=chosen,
        stop_reason=clean(reason),
    )
