"""Errors that a person is told of."""


class ActionRefused(Exception):
    """An action that the state of things does not allow now: already decided, another's turn, too late.

    `str(error)` is a sentence in the reader's language; the view shows it and changes nothing.
    """
