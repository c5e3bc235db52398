"""What the artisan's own space gathers from every app beside its panels: what needs the person, and messages.

Each app hands in a function from `AppConfig.ready`; nobody imports to the right.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class Task:
    """One thing that waits for the person. `label` is the button's word; the lowest `order` stands first."""

    text: str
    url: str
    label: str
    icon: str = "bell"
    kind: str = "info"
    order: int = 100


@dataclass(frozen=True)
class Told:
    """One message that the person was sent, or can read here; `how` says by what it went, in words."""

    when: datetime
    text: str
    how: str | Promise
    url: str = ""
    is_new: bool = False


_tasks: list[Callable[[Any], list[Task]]] = []
_messages: list[Callable[[Any, int], list[Told]]] = []


def register_tasks(tasks_of: Callable[[Any], list[Task]]) -> None:
    """`tasks_of(registrant)` gives what waits for that person now."""
    if tasks_of not in _tasks:
        _tasks.append(tasks_of)


def register_messages(messages_of: Callable[[Any, int], list[Told]]) -> None:
    """`messages_of(registrant, most)` gives the newest messages to that person, the newest first."""
    if messages_of not in _messages:
        _messages.append(messages_of)


def tasks_for(registrant: Any) -> list[Task]:
    found = [task for tasks_of in _tasks for task in tasks_of(registrant)]
    return sorted(found, key=lambda task: task.order)


def messages_for(registrant: Any, most: int) -> list[Told]:
    """The newest messages of all apps together."""
    found = [told for messages_of in _messages for told in messages_of(registrant, most)]
    return sorted(found, key=lambda told: told.when, reverse=True)[:most]
