"""The words in which the audit trail speaks of actions. Each app adds its own from `AppConfig.ready`."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_labels: dict[str, str | Promise] = {
    "core.chamber.changed": _("Chamber's settings changed"),
    "core.user.created": _("Account created"),
    "core.user.changed": _("Account changed"),
    "core.user.closed": _("Account closed"),
    "core.user.reopened": _("Account opened again"),
    "core.user.sign_in_reset": _("Sign-in reset"),
    "core.user.signed_in": _("Signed in"),
    "core.user.signed_out": _("Signed out"),
    "core.user.sign_in_failed": _("Sign-in refused"),
}


def add_labels(labels: dict[str, str | Promise]) -> None:
    _labels.update(labels)


def label_of(action: str) -> str:
    """The action in the reader's language; its code where nobody gave it words."""
    return str(_labels.get(action, action))


def choices() -> list[tuple[str, str]]:
    return sorted(((code, str(label)) for code, label in _labels.items()), key=lambda pair: pair[1])
