"""What standing shows on pages that gather: the person's file, the home page, the artisan's own space."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.roles import Permission
from registry.enums import ACTIVE_STATES, RegistrantState
from registry.models import Proceeding, Registrant
from registry.next_steps import steps_of_proceeding, steps_of_registrant


def standing_panel(request: HttpRequest, registrant: Registrant) -> dict | None:
    """Proceedings on an entry with their limits, what can be done next, and the letters written."""
    today = timezone.localdate()
    proceedings = list(registrant.proceedings.select_related("notice_ground", "ground"))
    newest = proceedings[0] if proceedings else None
    letters = list(registrant.letters.all())
    steps = steps_of_registrant(registrant, newest, user=request.user, today=today)
    if not (proceedings or letters or steps):
        return None
    return {
        "proceedings": [
            {
                "proceeding": proceeding,
                "steps": steps_of_proceeding(proceeding, user=request.user, today=today)
                if proceeding is newest
                else [],
            }
            for proceeding in proceedings
        ],
        "steps": steps,
        "letters": letters,
        "today": today,
        "opens_proceedings": request.user.can(Permission.DECIDE_APPLICATION),
    }


def proceedings_panel(request: HttpRequest, subject: None) -> dict:
    """What waits for those who decide about standing, each count leading to its list."""
    today = timezone.localdate()
    visible = Proceeding.objects.visible_to(request.user)
    address = reverse("registry:proceedings")
    counts = (
        (_("To decide"), visible.to_decide(today), "decide", "scale", True),
        (_("Appeals"), visible.appeals(), "appeals", "arrow-uturn-left", True),
        (_("Waiting for the reply"), visible.waiting_for_reply(today), "reply", "clock", False),
    )
    return {
        "counts": [
            _count(label, rows.count(), f"{address}?state={state}", icon, waits=waits)
            for label, rows, state, icon, waits in counts
        ]
    }


def own_standing_panel(request: HttpRequest, registrant: Registrant) -> dict | None:
    """To the person: a notice with its date, a decision with the right to appeal, and the letters."""
    today = timezone.localdate()
    newest = registrant.proceedings.first()
    letters = list(registrant.letters.all())
    if not letters and registrant.state in ACTIVE_STATES:
        return None
    return {
        "registrant": registrant,
        "is_active": registrant.state in ACTIVE_STATES,
        "is_suspended": registrant.state == RegistrantState.SUSPENDED,
        "proceeding": newest if newest and (newest.is_open or newest.may_be_appealed(today)) else None,
        "may_appeal": bool(newest and newest.may_be_appealed(today)),
        "letters": letters,
        "today": today,
    }


def _count(label: str, count: int, url: str, icon: str, *, waits: bool) -> dict:
    kind = "warning" if waits and count else ""
    return {"label": label, "count": count, "url": url, "icon": icon, "kind": kind}
