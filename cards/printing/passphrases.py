"""The passphrase of a package: shown once, and kept sealed for as long as the package is being made."""

import secrets
from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

# Read aloud and typed from paper: no letter that is taken for a digit. 28 of 32 signs are 140 bits.
_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_GROUPS, _GROUP = 7, 4


class Unsealable(Exception):
    """It was sealed under another key of the portal."""


def new_passphrase() -> str:
    return "-".join("".join(secrets.choice(_SIGNS) for _ in range(_GROUP)) for _ in range(_GROUPS))


def seal(passphrase: str) -> str:
    return _box().encrypt(passphrase.encode()).decode()


def unseal(sealed: str) -> str:
    """Raises Unsealable where the portal's secret key is another one by now."""
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise Unsealable from error


def _box() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [salted_hmac("cards.package", "", secret=key, algorithm="sha256") for key in keys]
    return MultiFernet([Fernet(urlsafe_b64encode(digest.digest())) for digest in digests])
