"""What the register shows on pages that gather from several apps."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from core.roles import Permission
from registry.models import Application, Registrant


def applications_panel(request: HttpRequest, subject: None) -> dict:
    """How many applications wait for this person, each count leading to its queue."""
    visible = Application.objects.visible_to(request.user)
    queue = reverse("registry:queue")
    counts = []
    if request.user.can(Permission.DECIDE_APPLICATION):
        counts.append(
            {
                "label": _("To decide"),
                "count": visible.awaiting_decision().count(),
                "url": f"{queue}?state=submitted",
            }
        )
    if request.user.can(Permission.REGISTER_ARTISAN):
        counts += [
            {
                "label": _("To correct"),
                "count": visible.to_correct().count(),
                "url": f"{queue}?state=to_correct",
            },
            {"label": _("Drafts"), "count": visible.drafts().count(), "url": f"{queue}?state=draft"},
        ]
    counts.append(
        {
            "label": _("On the register"),
            "count": Registrant.objects.visible_to(request.user).registered().count(),
            "url": reverse("registry:list"),
        }
    )
    return {"counts": counts, "can_register": request.user.can(Permission.REGISTER_ARTISAN)}


def own_file_panel(request: HttpRequest, registrant: Registrant) -> dict:
    """The person's own file as the register holds it."""
    return {"registrant": registrant}
