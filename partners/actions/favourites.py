"""Offers that a holder keeps at hand. Nobody else is told, and nothing follows from it: no audit row."""

from partners.models import Favourite, Offer
from registry.models import Registrant


def add_favourite(*, offer: Offer, registrant: Registrant) -> Favourite:
    """Keep an offer; twice is once."""
    return Favourite.objects.get_or_create(offer=offer, registrant=registrant)[0]


def remove_favourite(*, offer: Offer, registrant: Registrant) -> None:
    Favourite.objects.filter(offer=offer, registrant=registrant).delete()
