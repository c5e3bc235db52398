"""Who may be given a card: on the register, with a photograph, and without a live card."""

from django.db.models import Exists, OuterRef, QuerySet

from cards.models import Card
from core.models import User
from registry.models import Registrant


def without_card(user: User) -> QuerySet[Registrant]:
    """Registered people that `user` may see and who have no live card, with a photograph or without."""
    live = Card.objects.live().filter(registrant=OuterRef("pk"))
    return Registrant.objects.visible_to(user).registered().filter(~Exists(live))


def ready(user: User) -> QuerySet[Registrant]:
    """Those of them whose card can be made now."""
    return without_card(user).exclude(photograph="")


def left_out(user: User) -> QuerySet[Registrant]:
    """Those of them who must bring a photograph first."""
    return without_card(user).filter(photograph="")
