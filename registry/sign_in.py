"""Who an artisan is at sign-in: the register knows, `core` only asks."""

from core.models import User
from registry.actions import account_for
from registry.models import Registrant


def artisan_account(text: str) -> User | None:
    """The account of the registered person with this NIA or identity number; None for anyone else."""
    registrant = Registrant.objects.by_sign_in_name(text)
    return account_for(registrant) if registrant else None
