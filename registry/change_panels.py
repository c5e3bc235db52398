"""Requests on the pages that gather: home, a person's file, the artisan's own space."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from core.roles import Permission
from registry import lifecycle
from registry.enums import OPEN_CHANGE_STATES, ChangeKind
from registry.models import ChangeRequest, RegisterRules, Registrant

MOST_SHOWN = 20


def home_changes_panel(request: HttpRequest, subject: None) -> dict | None:
    """How many requests wait for this person; nothing where none is theirs."""
    user = request.user
    visible = ChangeRequest.objects.visible_to(user)
    kinds = [kind for kind, rules in lifecycle.CHANGE_KINDS.items() if user.can(rules.decides)]
    can_enter = user.can(Permission.REGISTER_ARTISAN)
    if not kinds and not can_enter:
        return None
    url = reverse("registry:changes")
    counts = [
        _stat(
            _("Requests to decide"),
            visible.to_decide_by(user).count(),
            f"{url}?waiting=decide",
            "scale",
        )
    ]
    if can_enter:
        counts.append(
            _stat(
                _("Asked for by people"),
                visible.to_prepare_by(user).count(),
                f"{url}?waiting=prepare",
                "chat-bubble-left-ellipsis",
            )
        )
        due = Registrant.objects.due_for_renewal(RegisterRules.objects.visible_to(user)).count()
        if due:
            counts.append(_stat(_("To renew"), due, reverse("registry:renewals"), "arrow-path"))
    counts.append(_stat(_("Overdue"), visible.overdue().count(), f"{url}?waiting=overdue", "clock"))
    return {"counts": counts}


def changes_panel(request: HttpRequest, registrant: Registrant) -> dict | None:
    """What is open about this entry, what was decided before, and what this reader may ask for."""
    requests = list(
        registrant.change_requests.select_related("destination", "ground").order_by("-id")[:MOST_SHOWN]
    )
    open_kinds = {one.kind for one in requests if one.state in OPEN_CHANGE_STATES}
    offered = []
    if request.user.can(Permission.REGISTER_ARTISAN):
        offered = [
            button
            for button in _buttons(registrant)
            if registrant.state in lifecycle.CHANGE_KINDS[button["kind"]].standing
            and button["kind"] not in open_kinds
        ]
    if not requests and not offered:
        return None
    return {"registrant": registrant, "requests": requests, "buttons": offered}


def own_changes_panel(request: HttpRequest, registrant: Registrant) -> dict:
    """The person's own requests, and the way to make one."""
    return {
        "requests": registrant.change_requests.select_related("destination", "ground")[:MOST_SHOWN],
        "is_registered": registrant.state in lifecycle.CHANGE_KINDS[ChangeKind.AMENDMENT].standing,
    }


def _buttons(registrant: Registrant) -> list[dict]:
    buttons = [
        {
            "kind": ChangeKind.AMENDMENT,
            "name": "registry:amend",
            "label": _("Amend the file"),
            "icon": "pencil-square",
        },
        {
            "kind": ChangeKind.TRANSFER,
            "name": "registry:transfer",
            "label": _("Transfer to another chamber"),
            "icon": "arrows-right-left",
        },
        {
            "kind": ChangeKind.EXIT,
            "name": "registry:exit",
            "label": _("Leave the register"),
            "icon": "arrow-right-on-rectangle",
        },
    ]
    if not registrant.is_organisation:
        buttons.append(
            {
                "kind": ChangeKind.DEATH,
                "name": "registry:death",
                "label": _("Enter a death"),
                "icon": "document-text",
            }
        )
    return [button | {"url": reverse(button["name"], args=[registrant.pk])} for button in buttons]


def _stat(label: str, count: int, url: str, icon: str) -> dict:
    return {"label": label, "count": count, "url": url, "icon": icon, "kind": "warning" if count else ""}
