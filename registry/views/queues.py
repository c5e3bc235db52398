"""What waits: to decide, to correct, drafts; who has taken what, and what colleagues tell each other."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.exceptions import ActionRefused
from core.permissions import requires
from core.roles import Permission
from core.validators import record_key
from registry.actions import add_comment, assign_application, give_back, take_next
from registry.filters_queues import ApplicationFilter
from registry.half_typed import half_typed, lines_of
from registry.models import ApplicationDraft
from registry.views.applications import application_or_404, deciders_of

PAGE_SIZE = 25


@requires(Permission.VIEW_REGISTER)
def queue(request: HttpRequest) -> HttpResponse:
    """The oldest first, what is over time standing out."""
    asked = ApplicationFilter(request.GET, user=request.user)
    drafts = ApplicationDraft.objects.visible_to(request.user).of_new_people()
    waiting, is_drafts = asked.by_state[asked.state], asked.state == "draft"
    rows = half_typed(request.user) if is_drafts else asked.rows().with_deadline().with_list_columns()
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "tabs": _tabs(asked, drafts),
        "hands": [] if is_drafts else _hands(asked),
        "overdue": 0 if is_drafts else waiting.overdue().count(),
        "chosen": asked.state,
        "now": timezone.now(),
        "can_register": request.user.can(Permission.REGISTER_ARTISAN),
        "can_decide": request.user.can(Permission.DECIDE_APPLICATION),
        "can_export": request.user.can(Permission.EXPORT_REGISTER),
        "page": page,
        "lines": lines_of(page) if is_drafts else page,
    }
    return render(request, "registry/queue.html", context)


@require_POST
@requires(Permission.DECIDE_APPLICATION)
def take(request: HttpRequest) -> HttpResponseRedirect:
    """Take the oldest application that nobody has."""
    application = take_next(by=request.user)
    if application is None:
        messages.info(request, _("Nothing is left that you may decide on."))
        return redirect("registry:queue")
    return redirect("registry:decide", pk=application.pk)


@require_POST
@requires(Permission.DECIDE_APPLICATION)
def assign(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """Give an application to a colleague, or back to the queue when nobody is chosen."""
    application = application_or_404(request, pk)
    chosen = request.POST.get("colleague", "")
    try:
        deciders = deciders_of(application.registrant.region_id)
        if colleague := deciders.filter(pk=record_key(chosen)).first():
            assign_application(application=application, to=colleague, by=request.user)
            messages.success(request, _("%(name)s has it now.") % {"name": colleague})
        elif chosen:
            raise ActionRefused(_("This colleague may not decide on applications here."))
        else:
            give_back(application=application, by=request.user)
            messages.success(request, _("It is back in the queue."))
    except ActionRefused as error:
        messages.error(request, str(error))
    return redirect("registry:decide", pk=application.pk)


@require_POST
@requires(Permission.VIEW_REGISTER)
def comment(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """Tell colleagues something about an application."""
    application = application_or_404(request, pk)
    try:
        add_comment(application=application, text=request.POST.get("text", "")[:2000], by=request.user)
    except ActionRefused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The comment is kept."))
    back = "decide" if request.user.can(Permission.DECIDE_APPLICATION) else "detail"
    return redirect(f"registry:{back}", pk=application.pk if back == "decide" else application.registrant_id)


def _tabs(asked: ApplicationFilter, drafts) -> list[dict]:
    return [
        {
            "label": asked.STATES[state],
            "url": f"?state={state}",
            "active": state == asked.state,
            "count": applications.count() + (drafts.count() if state == "draft" else 0),
        }
        for state, applications in asked.by_state.items()
    ]


def _hands(asked: ApplicationFilter) -> list[dict]:
    return [
        {
            "label": label,
            "url": f"?state={asked.state}&hands={hands}",
            "active": hands == asked.hands,
            "count": asked.rows(hands).count(),
        }
        for hands, label in asked.HANDS.items()
    ]
