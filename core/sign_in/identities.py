"""From a typed number to an artisan's account.

The register lies to the right of `core`, so it hands in its own way of finding people from
`AppConfig.ready`: a function that takes the text and gives the account, or None.
"""

import re
from collections.abc import Callable

from django.utils.crypto import salted_hmac

from core.arabic import clean, compact_number, digits
from core.models import User
from core.roles import Role

Resolver = Callable[[str], User | None]

_resolvers: list[Resolver] = []
_DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")


def register_resolver(resolver: Resolver) -> None:
    if resolver not in _resolvers:
        _resolvers.append(resolver)


def normalise(text: str) -> str:
    """The number as it is looked up: upper case, Western digits, plain hyphens, no needless spaces."""
    return _DASHES.sub("-", digits(clean(text))).upper()


def find_artisan(text: str) -> User | None:
    """The artisan's account behind a number; None for an unknown number, a closed account and any staff.

    Every resolver is asked each time, so that the answer takes as long whether or not one knows the number.
    """
    found = [resolver(normalise(text)) for resolver in _resolvers]
    accounts = [user for user in found if user and user.is_active and list(user.roles) == [Role.ARTISAN]]
    return accounts[0] if accounts else None


def limit_key(text: str) -> str:
    """What rate limits count by: the same for every way of typing a number, and not the number itself."""
    return salted_hmac("core.sign_in.limit", compact_number(text), algorithm="sha256").hexdigest()


def masked(text: str) -> str:
    """The number as a record may hold it: its last two characters only."""
    number = compact_number(text)
    return f"••••{number[-2:]}" if len(number) > 4 else "••••"
