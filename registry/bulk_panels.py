"""What the home page says of lists brought in."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from registry.enums import ImportState
from registry.models import ImportJob

# An import that somebody has to go on with.
WAITING = (ImportState.COLUMNS, ImportState.CHECKED, ImportState.STOPPED)


def imports_panel(request: HttpRequest, subject: None) -> dict:
    """How many imports wait for somebody."""
    count = ImportJob.objects.visible_to(request.user).filter(state__in=WAITING).count()
    return {
        "count": {
            "label": _("Imports to go on with"),
            "count": count,
            "url": reverse("registry:imports"),
            "icon": "arrow-up-tray",
            "kind": "warning" if count else "",
        }
    }
