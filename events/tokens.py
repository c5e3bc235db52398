"""The signed token of an invitation's link and QR: its key and a mark that only this portal makes.

Upper-case base32, which a QR holds compactly. The mark tells a mistyped or an invented link from a real one
before the database is asked; a new key in the invitation makes an old letter void.
"""

import uuid
from base64 import b32decode, b32encode
from hmac import compare_digest

from django.utils.crypto import salted_hmac

MARK_BYTES = 10
# 16 bytes of key and 10 of mark, in base32 without padding.
LENGTH = 42


def sign(key: uuid.UUID, *, purpose: str) -> str:
    """The token of a key; one of another purpose is another token."""
    return b32encode(key.bytes + _mark(key.bytes, purpose)).decode().rstrip("=")


def read(token: str, *, purpose: str) -> uuid.UUID | None:
    """The key in a token; None for whatever this portal did not sign for this purpose."""
    text = token.strip().upper()
    if len(text) != LENGTH or not text.isascii():
        return None
    try:
        content = b32decode(text + "=" * (-LENGTH % 8))
    except ValueError:
        return None
    key, mark = content[:16], content[16:]
    # Unused bits of the last letter would make several spellings of one token.
    if not compare_digest(mark, _mark(key, purpose)) or sign(uuid.UUID(bytes=key), purpose=purpose) != text:
        return None
    return uuid.UUID(bytes=key)


def _mark(key: bytes, purpose: str) -> bytes:
    return salted_hmac(f"events.{purpose}", key, algorithm="sha256").digest()[:MARK_BYTES]
