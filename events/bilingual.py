"""What is kept in Arabic and in French, read in the reader's language."""

from django.utils.translation import get_language


def in_readers_language(arabic: str, french: str) -> str:
    """The wording for who reads now; the other one where it is missing."""
    if (get_language() or "ar").startswith("ar"):
        return arabic or french
    return french or arabic
