"""What is said of a row: kept as an English sentence and its parameters, shown in each reader's language."""

from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

# What Django says in plural forms, in one sentence each.
_PLAIN = {
    "max_length": _("At most %(limit_value)s characters."),
    "required": _("This column is empty."),
}


class Note(NamedTuple):
    """One thing wrong with a row; `field` is empty where it is not one column's fault."""

    field: str
    message: str
    parameters: dict[str, Any]
    given: str = ""

    @property
    def text(self) -> str:
        """The sentence in the reader's language."""
        return gettext(self.message) % self.parameters if self.parameters else gettext(self.message)


def note(field: str, message: object, given: str = "", **parameters: Any) -> Note:
    """A note from a translatable message, marked with gettext_lazy where it is written."""
    with override("en"):
        return Note(field, str(message), parameters, given[:100])


def note_of(field: str, error: ValidationError, given: str) -> Note:
    """The first thing that a form field found wrong."""
    first = error.error_list[0]
    plain = _PLAIN.get(first.code)
    message = first.message if plain is None else plain
    parameters = {
        key: value if isinstance(value, int) else str(value)
        for key, value in (first.params or {}).items()
        if f"%({key})" in str(message)
    }
    return note(field, message, given, **parameters)
