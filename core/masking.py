"""Numbers shown in part to those whose task does not need them whole."""

SHOWN = 2
# Names of fields whose values are masked wherever records are shown field by field.
MASKED_FIELDS = frozenset({"national_id"})


def masked(value: str) -> str:
    """All but the last two characters hidden; the length stays, so that two can be told apart."""
    return "•" * max(len(value) - SHOWN, 0) + value[-SHOWN:] if value else ""
