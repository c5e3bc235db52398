"""Files sent with a form that came back with an error: kept for an hour, so that nobody sends them twice.

Only what was already checked and saved anew is kept, under a key that cannot be guessed and that belongs to
one account.
"""

import secrets

from django.core.cache import cache
from django.core.files.base import ContentFile

KEPT_SECONDS = 3600


def keep(*, user_id: int, content: ContentFile, content_type: str) -> str:
    """Keep the file and give the key to put into the form."""
    key = secrets.token_urlsafe(24)
    content.seek(0)
    cache.set(_name(user_id, key), (content.read(), content.name, content_type), KEPT_SECONDS)
    content.seek(0)
    return key


def fetch(*, user_id: int, key: str) -> tuple[ContentFile, str] | None:
    """The file and its content type; None when it was never there, is another's, or the hour is over."""
    kept = cache.get(_name(user_id, key)) if key else None
    if kept is None:
        return None
    data, name, content_type = kept
    return ContentFile(data, name=name), content_type


def _name(user_id: int, key: str) -> str:
    return f"pending-upload:{user_id}:{key}"
