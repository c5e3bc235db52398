"""What cards show on pages that gather from several apps."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from cards import candidates
from cards.enums import BatchState, CardState
from cards.models import Card, CardBatch, UnusualCheck
from cards.qr import qr_svg
from cards.search import outcome_of
from core.roles import Permission
from registry.models import Registrant


def work_panel(request: HttpRequest, subject: None) -> dict:
    """What waits: cards to make, batches being made, cards to hand over."""
    can_make = request.user.can(Permission.MAKE_CARDS)
    waiting = Card.objects.visible_to(request.user).waiting_for_holder().count()
    counts = []
    if can_make:
        ready = candidates.ready(request.user).count()
        counts.append(_count(_("Cards to make"), ready, reverse("cards:batch_new"), "printer", waits=True))
    unfinished = CardBatch.objects.visible_to(request.user).unfinished().count()
    counts.append(_count(_("Batches being made"), unfinished, reverse("cards:batches"), "arrow-path"))
    if can_make:
        to_print = CardBatch.objects.visible_to(request.user).to_print().count()
        made = f"{reverse('cards:batches')}?state={BatchState.MADE}"
        counts.append(_count(_("Batches to print"), to_print, made, "printer", waits=True))
    made = f"{reverse('cards:list')}?state={CardState.IN_BOX}"
    counts.append(_count(_("Cards waiting for their holders"), waiting, made, "inbox-stack"))
    if request.user.can(Permission.REVOKE_CARD):
        noticed = UnusualCheck.objects.visible_to(request.user).open().count()
        counts.append(
            _count(_("Unusual checks"), noticed, reverse("cards:unusual"), "shield-exclamation", waits=True)
        )
    return {"counts": counts, "can_make": can_make}


def officer_panel(request: HttpRequest, card: Card) -> dict | None:
    """Where a card that was just checked is found by who is in charge of it."""
    if not Card.objects.visible_to(request.user).filter(pk=card.pk).exists():
        return None
    return {"card": card, "can_see_register": request.user.can(Permission.VIEW_REGISTER)}


def holder_panel(request: HttpRequest, registrant: Registrant) -> dict:
    """The cards of one person, the newest first."""
    return {"cards": registrant.cards.select_related("batch")}


def own_card_panel(request: HttpRequest, registrant: Registrant) -> dict:
    """The holder's own card, to be shown on a telephone."""
    card = Card.objects.for_check().filter(registrant=registrant).live_first().first()
    if card is None:
        return {"card": None}
    return {
        "card": card,
        "outcome": outcome_of(card),
        # Drawn by us from a signed token; it holds no word of anybody's.
        "code": mark_safe(qr_svg(card.face["url"])),  # noqa: S308
        "is_made": card.state not in (CardState.IN_BATCH, CardState.PRINTED, CardState.CHECKED),
        "is_waiting": card.state == CardState.IN_BOX,
    }


def _count(label: str, count: int, url: str, icon: str, *, waits: bool = False) -> dict:
    return {
        "label": label,
        "count": count,
        "url": url,
        "icon": icon,
        "kind": "warning" if waits and count else "",
    }
