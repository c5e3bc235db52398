"""Pages that gather from several apps, put together without anyone importing to the right.

An app hands in its panels from `AppConfig.ready`; the page asks for those that fit the reader. A panel's
context is computed only when its permission is held.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from core.roles import Permission

HOME = "home"
REGISTRANT = "registrant"
# The artisan's own space: its home, and the page of the file as the register holds it.
OWN_SPACE = "own_space"
OWN_FILE = "own_file"
# Beneath the public answer about a card, for staff who are signed in; the subject is the card.
CARD_CHECK = "card_check"


@dataclass(frozen=True)
class Panel:
    """A part of a page: shown to those who hold `permission`, in `order`.

    `context(request, subject)` returns what the template needs, or None when there is nothing to show.
    """

    place: str
    permission: Permission
    template: str
    context: Callable[[HttpRequest, Any], dict | None]
    order: int = 100


_panels: dict[str, list[Panel]] = defaultdict(list)


def register(panel: Panel) -> None:
    if panel not in _panels[panel.place]:
        _panels[panel.place].append(panel)
        _panels[panel.place].sort(key=lambda known: known.order)


def panels_for(place: str, request: HttpRequest, subject: Any = None) -> list[dict]:
    """The panels of a place for this reader: `{"template", "context"}` each, in order."""
    shown = []
    for panel in _panels[place]:
        if not request.user.can(panel.permission):
            continue
        context = panel.context(request, subject)
        if context is not None:
            shown.append({"template": panel.template, "context": context})
    return shown
