"""An artisan with an account and a card in hand, for the tests of the own space."""

from cards.enums import CardState
from core.roles import Role
from registry.models import Registrant
from tests.factories.cards import CardFactory
from tests.factories.core import UserFactory
from tests.factories.registry import RegistrantFactory


def artisan(*, card: CardState | None = CardState.HANDED_OVER, **fields) -> Registrant:
    holder = RegistrantFactory(user=UserFactory(roles=[Role.ARTISAN]), **fields)
    if card is not None:
        CardFactory(registrant=holder, state=card)
    return holder
