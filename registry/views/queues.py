"""What waits: to decide, to correct, drafts; who has taken what, and what colleagues tell each other."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import CharField, Value
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.exceptions import ActionRefused
from core.permissions import requires
from core.roles import Permission
from registry.actions import add_comment, assign_application, give_back, take_next
from registry.filters_queues import ApplicationFilter
from registry.models import Application, ApplicationDraft
from registry.views.applications import application_or_404, deciders_of

PAGE_SIZE = 25


@requires(Permission.VIEW_REGISTER)
def queue(request: HttpRequest) -> HttpResponse:
    """The oldest first, what is over time standing out."""
    asked = ApplicationFilter(request.GET, user=request.user)
    drafts = ApplicationDraft.objects.visible_to(request.user).of_new_people()
    waiting, is_drafts = asked.by_state[asked.state], asked.state == "draft"
    rows = _drafts(drafts, waiting) if is_drafts else asked.rows().with_deadline().with_list_columns()
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "tabs": _tabs(asked, drafts),
        "hands": [] if is_drafts else _hands(asked),
        "overdue": 0 if is_drafts else waiting.overdue().count(),
        "chosen": asked.state,
        "now": timezone.now(),
        "can_register": request.user.can(Permission.REGISTER_ARTISAN),
        "can_decide": request.user.can(Permission.DECIDE_APPLICATION),
        # Half-typed applications are nobody's list yet.
        "can_export": request.user.can(Permission.EXPORT_REGISTER) and not is_drafts,
        "page": page,
        "lines": _draft_lines(page) if is_drafts else page,
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
        if chosen.isdecimal() and (
            colleague := deciders_of(application.registrant.region_id).filter(pk=int(chosen[:9])).first()
        ):
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


def _drafts(drafts, applications):
    """Both kinds of draft as one list, by age: those of the counter, and applications never handed in."""
    of_counter, opened = (
        rows.order_by()
        .annotate(what=Value(what), number=Cast("pk", CharField()))
        .values_list("what", "number", "entered_at")
        for what, rows in (("draft", drafts), ("application", applications))
    )
    return of_counter.union(opened, all=True).order_by("entered_at")


def _draft_lines(page) -> list[dict]:
    """The rows of a page of drafts, in two queries."""
    keys = {"draft": [], "application": []}
    for kind, key, _moment in page:
        keys[kind].append(key)
    people = ("registrant__commune", "entered_by")
    found = {
        ("draft", str(one.key)): {
            "name": one.name,
            "url": reverse("registry:draft", args=[one.key]),
            "by": one.saved_by,
            "at": one.saved_at,
        }
        for one in ApplicationDraft.objects.filter(key__in=keys["draft"]).select_related("saved_by")
    }
    found |= {
        ("application", str(one.pk)): {
            "name": one.registrant.name,
            "url": reverse("registry:application_edit", args=[one.pk]),
            "by": one.entered_by,
            "at": one.entered_at,
        }
        for one in Application.objects.filter(pk__in=keys["application"]).select_related(*people)
    }
    return [found[kind, key] for kind, key, _moment in page if (kind, key) in found]
