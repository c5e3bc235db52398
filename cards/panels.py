"""What cards show on pages that gather from several apps."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from cards import candidates
from cards.enums import BatchState, CardState
from cards.models import Card, CardBatch, CardRequest, CardRules, UnusualCheck
from cards.qr import qr_svg
from cards.search import outcome_of
from core.roles import Permission
from registry.enums import ACTIVE_STATES
from registry.models import Registrant


def work_panel(request: HttpRequest, subject: None) -> dict:
    """What waits: requests to decide on, cards to make, to renew and to hand over."""
    can_make = request.user.can(Permission.MAKE_CARDS)
    waiting = Card.objects.visible_to(request.user).waiting_for_holder().count()
    counts = []
    if request.user.can(Permission.APPROVE_CARDS):
        asked = CardRequest.objects.visible_to(request.user).awaiting_decision().count()
        url = reverse("cards:requests")
        counts.append(_count(_("Requests for cards to decide on"), asked, url, "inbox-stack", waits=True))
    if can_make:
        ready = candidates.ready(request.user).count()
        counts.append(_count(_("Cards to make"), ready, reverse("cards:batch_new"), "printer", waits=True))
    unfinished = CardBatch.objects.visible_to(request.user).unfinished().count()
    counts.append(_count(_("Batches being made"), unfinished, reverse("cards:batches"), "arrow-path"))
    if can_make:
        to_print = CardBatch.objects.visible_to(request.user).to_print().count()
        made = f"{reverse('cards:batches')}?state={BatchState.MADE}"
        counts.append(_count(_("Batches to print or to close"), to_print, made, "printer", waits=True))
    made = f"{reverse('cards:list')}?state={CardState.IN_BOX}"
    counts.append(_count(_("Cards waiting for their holders"), waiting, made, "inbox-stack"))
    if request.user.can(Permission.REVOKE_CARD):
        noticed = UnusualCheck.objects.visible_to(request.user).open().count()
        counts.append(
            _count(_("Unusual checks"), noticed, reverse("cards:unusual"), "shield-exclamation", waits=True)
        )
    due = Card.objects.visible_to(request.user).due_for_renewal().count()
    counts.append(_count(_("Cards to renew"), due, reverse("cards:renewals"), "calendar-days"))
    return {
        "counts": counts,
        "can_make": can_make,
        "can_hand_over": request.user.can(Permission.HAND_OVER_CARD),
    }


def counter_panel(request: HttpRequest, subject: None) -> dict | None:
    """The way to the counter for whoever hands cards over without seeing the lists of cards."""
    if request.user.can(Permission.VIEW_CARDS):
        return None
    return {"waiting": Card.objects.visible_to(request.user).waiting_for_holder().count()}


def officer_panel(request: HttpRequest, card: Card) -> dict | None:
    """Where a card that was just checked is found by who is in charge of it."""
    if not Card.objects.visible_to(request.user).filter(pk=card.pk).exists():
        return None
    return {"card": card, "can_see_register": request.user.can(Permission.VIEW_REGISTER)}


def holder_panel(request: HttpRequest, registrant: Registrant) -> dict:
    """The cards of one person, the newest first."""
    asked = registrant.card_requests.open().first()
    return {
        "registrant": registrant,
        "cards": registrant.cards.select_related("batch"),
        "asked": asked,
        "can_ask": asked is None
        and request.user.can(Permission.REQUEST_CARDS)
        and registrant.state in ACTIVE_STATES
        and may_ask(registrant),
    }


def own_card_panel(request: HttpRequest, registrant: Registrant) -> dict:
    """The holder's own card, to be shown on a telephone."""
    card = Card.objects.for_check().filter(registrant=registrant).live_first().first()
    asking = {
        "asked": registrant.card_requests.open().first(),
        "may_ask": registrant.state in ACTIVE_STATES and may_ask(registrant),
    }
    if card is None:
        return {"card": None, **asking}
    return {
        **asking,
        "card": card,
        "outcome": outcome_of(card),
        # Drawn by us from a signed token; it holds no word of anybody's.
        "code": mark_safe(qr_svg(card.face["url"])),  # noqa: S308
        "is_made": card.state not in (CardState.IN_BATCH, CardState.PRINTED, CardState.CHECKED),
        "is_waiting": card.state == CardState.IN_BOX,
        "is_in_hand": card.state == CardState.HANDED_OVER,
    }


def may_ask(registrant: Registrant) -> bool:
    """Whether a card may be asked for now: none is on its way, and one in hand is near its end."""
    if registrant.cards.coming().exists():
        return False
    days = CardRules.objects.of(registrant.region_id).renewal_notice_days
    return not registrant.cards.in_hand().exists() or registrant.cards.to_renew(days).exists()


def _count(label: str, count: int, url: str, icon: str, *, waits: bool = False) -> dict:
    return {
        "label": label,
        "count": count,
        "url": url,
        "icon": icon,
        "kind": "warning" if waits and count else "",
    }
