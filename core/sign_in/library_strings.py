"""Words of django-allauth and Django that our pages still show, so that our catalogues may say them.

All other words of these pages are our own; a project's catalogue wins over a library's. Django's Arabic
lacks the last of them.
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

SHOWN = (
    _("Password"),
    _("You must type the same password each time."),
    _("You cannot generate recovery codes without having two-factor authentication enabled."),
    ngettext_lazy(
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
    ),
)
