"""A template that names what it was not given fails the test instead of showing nothing."""

import copy
import sys
from pathlib import Path

from django.conf import settings
from django.template.base import Node

OURS = str(Path(settings.ROOT) / "templates")
# Crispy's own templates, as we lay them out, ask for what may not be there.
NOT_OURS = str(Path(OURS) / "bootstrap5")


class UndefinedVariable(Exception):
    """A variable that no view gave."""


class FailingInvalid(str):
    """Django's `string_if_invalid`, which fails in our templates and says nothing in others'."""

    __slots__ = ()

    def __contains__(self, part: str) -> bool:
        return part == "%s"

    def __mod__(self, variable) -> str:
        origin = _template_being_rendered()
        if origin.startswith(OURS) and not origin.startswith(NOT_OURS):
            raise UndefinedVariable(f"{variable} in {origin}")
        return ""


def strict_templates() -> list[dict]:
    """The TEMPLATES setting with undefined variables failing."""
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["OPTIONS"]["string_if_invalid"] = FailingInvalid("undefined")
    return templates


def _template_being_rendered() -> str:
    frame = sys._getframe(2)
    while frame is not None:
        node = frame.f_locals.get("self")
        if isinstance(node, Node) and getattr(node, "origin", None) is not None:
            return str(node.origin.name)
        frame = frame.f_back
    return ""
