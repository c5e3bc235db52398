"""The codes of vouchers: made, and told from a card's number where either may be typed."""

import secrets

from core.arabic import clean

# Without the signs that are taken for each other when read aloud or off a scratched screen.
SIGNS = "ACDEFGHJKLMNPQRTUVWXY3479"
LENGTH = 8


def new_code() -> str:
    """A code that nobody guesses within its minutes."""
    return "".join(secrets.choice(SIGNS) for _place in range(LENGTH))


def code_in(text: str) -> str:
    """The code that was typed or scanned, in any case, with or without hyphen; "" for anything else."""
    typed = clean(text).upper().replace(" ", "").replace("-", "")
    return typed if len(typed) == LENGTH and set(typed) <= set(SIGNS) else ""
