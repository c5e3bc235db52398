"""Who may be put in a batch: on the register, with a photograph, and in need of a card."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from cards.enums import CardKind
from cards.models import Card, CardRequest, CardRules
from core.models import User
from registry.models import Registrant


def without_card(user: User) -> QuerySet[Registrant]:
    """Registered people that `user` may see and whose card may be made, with a photograph or without.

    Where the chamber wants requests approved first, those whose request is; elsewhere whoever has no card and
    no request that waits for a decision. After a card in the holder's hands comes an approved renewal only.
    """
    coming = Card.objects.coming().filter(registrant=OuterRef("pk"))
    live = Card.objects.live().filter(registrant=OuterRef("pk"))
    asked = CardRequest.objects.filter(registrant=OuterRef("pk"))
    strict = CardRules.objects.filter(approval_needed=True).values("region")
    free = ~Exists(live) & ~Exists(asked.awaiting_decision()) & ~Q(region__in=strict)
    first = Exists(asked.approved().exclude(kind=CardKind.RENEWAL)) & ~Exists(live)
    renewal = Exists(asked.approved().filter(kind=CardKind.RENEWAL)) & ~Exists(coming)
    return Registrant.objects.visible_to(user).registered().filter(free | first | renewal)


def ready(user: User) -> QuerySet[Registrant]:
    """Those of them whose card can be made now."""
    return without_card(user).exclude(photograph="")


def left_out(user: User) -> QuerySet[Registrant]:
    """Those of them who must bring a photograph first."""
    return without_card(user).filter(photograph="")


def without_request(user: User) -> QuerySet[Registrant]:
    """Registered people without a live card for whom none is asked yet."""
    live = Card.objects.live().filter(registrant=OuterRef("pk"))
    asked = CardRequest.objects.open().filter(registrant=OuterRef("pk"))
    return Registrant.objects.visible_to(user).registered().filter(~Exists(live), ~Exists(asked))
