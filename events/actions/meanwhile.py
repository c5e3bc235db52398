"""Nobody's change is overwritten unseen: a form carries the version that it was opened on."""

from typing import Any

from django.utils.translation import gettext as _

from core.exceptions import ActionRefused


class ChangedMeanwhile(ActionRefused):
    """Somebody else changed the record since its form was opened; nothing is written."""

    def __init__(self, words: str = ""):
        super().__init__(words or _("Somebody else changed this while you were working on it."))


def check_version(locked: Any, version: int | None) -> None:
    """Hold a locked record against the version that its form was opened on (None: the form said none).

    Raises:
        ChangedMeanwhile: it has another version by now.
    """
    if locked.version != (version or 0):
        raise ChangedMeanwhile


def check_place(now: int | None, seen: int) -> None:
    """Hold a place in an order (None: taken out of it) against the one that the page showed.

    Raises:
        ChangedMeanwhile: it stands elsewhere by now.
    """
    if now != seen:
        raise ChangedMeanwhile(
            _("Somebody else changed the order meanwhile. It is shown as it stands; arrange it again.")
        )
