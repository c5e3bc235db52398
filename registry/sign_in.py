"""Who an artisan is at sign-in: the register knows, `core` only asks."""

from core.models import User
from registry.actions import account_for
from registry.models import Registrant


def artisan_account(text: str) -> User | None:
    """The account of the person with this NIA or identity number; None for anyone else.

    Who is suspended or struck off signs in too: the notice, the decision and the time to appeal are there.
    """
    registrant = Registrant.objects.by_own_number(text)
    return account_for(registrant) if registrant else None
