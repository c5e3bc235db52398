"""What can be done next about somebody's standing, and by whom: one answer for every page."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from core.models import User
from registry import lifecycle
from registry.enums import ProceedingKind, ProceedingStage
from registry.models import Proceeding, Registrant

# The page of each step of a proceeding.
_PAGES = {
    "reply": ("registry:proceeding_reply", "chat-bubble-left-right"),
    "decide": ("registry:proceeding_decision", "scale"),
    "appeal": ("registry:proceeding_appeal", "arrow-uturn-left"),
    "reject_appeal": ("registry:appeal_decision", "scale"),
}


def steps_of_proceeding(proceeding: Proceeding, *, user: User, today: date) -> list[dict]:
    """The steps that this person may take now: `{label, url, icon, kind}`, the most pressing first."""
    labels = {
        "reply": _("Record the reply"),
        "decide": _("Decide"),
        "appeal": _("Record an appeal"),
        "reject_appeal": _("Decide on the appeal"),
    }
    steps = []
    for name, (page, icon) in _PAGES.items():
        move = lifecycle.PROCEEDING.named(name)
        possible = proceeding.stage in move.sources and user.can(move.permission)
        if name == "appeal":
            possible = possible and proceeding.may_be_appealed(today)
        if possible:
            steps.append(
                {
                    "label": labels[name],
                    "url": reverse(page, kwargs={"pk": proceeding.pk}),
                    "icon": icon,
                    "kind": "secondary",
                }
            )
    if proceeding.may_be_decided(today) or proceeding.stage == ProceedingStage.APPEALED:
        steps.sort(key=lambda step: step["icon"] != "scale")
        for step in steps[:1]:
            step["kind"] = "primary"
    return steps


def steps_of_registrant(
    registrant: Registrant, newest: Proceeding | None, *, user: User, today: date
) -> list[dict]:
    """Notices that may be given and the reinstatement, where nothing is open."""
    if newest and newest.is_open:
        return []
    steps = []
    if not (newest and newest.may_be_appealed(today)):
        steps += [
            _step(label, reverse("registry:notice", kwargs={"pk": registrant.pk, "kind": kind}), "bell-alert")
            for kind, move, label in (
                (ProceedingKind.SUSPENSION, "suspend", _("Give notice of a suspension")),
                (ProceedingKind.STRIKING_OFF, "strike_off", _("Give notice of a striking off")),
            )
            if _may(move, registrant, user)
        ]
    if _may("reinstate", registrant, user) and not (registrant.merged_into_id or registrant.erased_at):
        page = reverse("registry:reinstatement", kwargs={"pk": registrant.pk})
        steps.append(_step(_("Reinstate"), page, "arrow-path"))
    return steps


def _may(name: str, registrant: Registrant, user: User) -> bool:
    move = lifecycle.REGISTRANT.named(name)
    return registrant.state in move.sources and user.can(move.permission)


def _step(label: str, url: str, icon: str) -> dict:
    return {"label": label, "url": url, "icon": icon, "kind": "secondary"}
