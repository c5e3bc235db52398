"""What the register shows on pages that gather from several apps."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from core.roles import Permission
from registry.forms import CommentForm
from registry.models import Application, ApplicationDraft, DataRequest, Registrant
from registry.tools import TOOLS


def applications_panel(request: HttpRequest, subject: None) -> dict:
    """How many applications wait for this person, each count leading to its queue."""
    visible = Application.objects.visible_to(request.user)
    can_register = request.user.can(Permission.REGISTER_ARTISAN)
    counts = []
    if request.user.can(Permission.DECIDE_APPLICATION):
        counts.append(_queue(_("To decide"), "submitted", visible.awaiting_decision(), "scale", "warning"))
    if can_register:
        counts.append(
            _queue(_("To correct"), "to_correct", visible.to_correct(), "arrow-uturn-left", "warning")
        )
        drafts = ApplicationDraft.objects.visible_to(request.user).of_new_people()
        counts.append(_queue(_("Drafts"), "draft", visible.drafts(), "pencil-square", "", drafts))
    registered = Registrant.objects.visible_to(request.user).registered().count()
    counts.append(
        {
            "label": _("On the register"),
            "count": registered,
            "url": reverse("registry:list"),
            "icon": "users",
            "kind": "",
        }
    )
    return {"counts": counts, "can_register": can_register}


def work_panel(request: HttpRequest, registrant: Registrant) -> dict:
    """What colleagues need of a file beside its facts: members, a document to add, words between them."""
    application = registrant.applications.first()
    return {
        "registrant": registrant,
        "reader": request.user,
        "members": registrant.members.select_related("registrant"),
        "supervised": Registrant.objects.visible_to(request.user).filter(supervisor=registrant),
        "application": application,
        "comments": application.comments.select_related("author") if application else [],
        "form": CommentForm(),
        "can_register": request.user.can(Permission.REGISTER_ARTISAN),
        "can_export": request.user.can(Permission.EXPORT_REGISTER),
        "one": f"of={registrant.pk}",
    }


def own_file_panel(request: HttpRequest, registrant: Registrant) -> dict:
    """The person's own file as the register holds it."""
    return {"registrant": registrant}


def tools_panel(request: HttpRequest, subject: None) -> dict:
    """The register's other pages that this reader may open."""
    return {"tools": [tool for tool in TOOLS if request.user.can(tool.permission)]}


def people_data_panel(request: HttpRequest, registrant: Registrant) -> dict | None:
    """The way to what the law lets a person ask, for those who answer or audit."""
    can_answer = request.user.can(Permission.ANSWER_DATA_REQUESTS)
    can_audit = request.user.can(Permission.VIEW_AUDIT_TRAIL)
    if not (can_answer or can_audit):
        return None
    return {"registrant": registrant, "can_answer": can_answer, "can_audit": can_audit}


def own_data_panel(request: HttpRequest, registrant: Registrant) -> dict:
    """The way to one's own data and rights."""
    return {"registrant": registrant}


def data_requests_panel(request: HttpRequest, subject: None) -> dict | None:
    """Requests about personal data that wait for an answer."""
    waiting = DataRequest.objects.visible_to(request.user).open().count()
    return {"count": waiting} if waiting else None


def _queue(
    label: str, state: str, waiting: QuerySet, icon: str, kind: str, more: QuerySet | None = None
) -> dict:
    """One count of a queue; what needs doing stands out only when there is something."""
    count = waiting.count() + (more.count() if more is not None else 0)
    url = f"{reverse('registry:queue')}?state={state}"
    return {"label": label, "count": count, "url": url, "icon": icon, "kind": kind if count else ""}
