"""Applications: entered at the counter, waiting in queues, decided by somebody else."""

from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from core.exceptions import ActionRefused
from core.permissions import requires
from core.roles import Permission
from registry.actions import (
    approve_application,
    change_application,
    missing_parts,
    open_application,
    reject_application,
    return_application,
    submit_application,
)
from registry.duplicates import Traits, likely_duplicates, shown_matches
from registry.enums import EDITABLE_STATES, ApplicationState
from registry.forms import ApplicationForm, DecisionForm
from registry.models import Application, Registrant

PAGE_SIZE = 25
# A second click arrives within moments of the first.
DOUBLE_CLICK = timedelta(seconds=30)


@requires(Permission.REGISTER_ARTISAN)
def apply(request: HttpRequest) -> HttpResponse:
    """Register somebody at the counter: a new candidate and an application."""
    form = ApplicationForm(request.POST or None, request.FILES or None, user=request.user)
    if request.method == "POST":
        if form.is_valid() and not _duplicates_to_review(form):
            try:
                application = open_application(data=form.data_for_action(), by=request.user)
            except ActionRefused as error:
                messages.error(request, str(error))
            else:
                return _saved(request, application)
        elif just_entered := _entered_by_first_click(form, request):
            return redirect("registry:detail", pk=just_entered.pk)
        form.keep_uploads()
    return _form_page(request, form)


@requires(Permission.REGISTER_ARTISAN)
def application_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on with a draft, or correct what was sent back."""
    application = _application(request, pk)
    if application.state not in EDITABLE_STATES:
        return redirect("registry:detail", pk=application.registrant_id)
    form = ApplicationForm(
        request.POST or None, request.FILES or None, user=request.user, application=application
    )
    if request.method == "POST":
        if form.is_valid() and not _duplicates_to_review(form):
            try:
                change_application(
                    application=application,
                    data=form.data_for_action(),
                    version=form.cleaned_data["version"] or 0,
                    by=request.user,
                )
            except ActionRefused as error:
                messages.error(request, str(error))
            else:
                return _saved(request, application)
        form.keep_uploads()
    return _form_page(request, form, application)


@requires(Permission.VIEW_REGISTER)
def queue(request: HttpRequest) -> HttpResponse:
    """What waits: to decide, to correct, drafts; the oldest first."""
    visible = Application.objects.visible_to(request.user)
    tabs = {
        "submitted": (_("To decide"), visible.awaiting_decision()),
        "to_correct": (_("To correct"), visible.to_correct().order_by("submitted_at")),
        "draft": (_("Drafts"), visible.drafts().order_by("entered_at")),
    }
    chosen = request.GET.get("state") if request.GET.get("state") in tabs else "submitted"
    rows = tabs[chosen][1].select_related("registrant__commune", "entered_by")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "tabs": [
            {
                "label": label,
                "url": f"?state={state}",
                "active": state == chosen,
                "count": applications.count(),
            }
            for state, (label, applications) in tabs.items()
        ],
        "chosen": chosen,
        "can_register": request.user.can(Permission.REGISTER_ARTISAN),
        "can_decide": request.user.can(Permission.DECIDE_APPLICATION),
        "page": page,
    }
    return render(request, "registry/queue.html", context)


@requires(Permission.DECIDE_APPLICATION)
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """One application with what speaks for and against it, and the decision."""
    application = _application(request, pk)
    registrant = application.registrant
    form = DecisionForm(request.POST or None, region_id=registrant.region_id)
    if request.method == "POST" and form.is_valid():
        return _decided(request, application, form.cleaned_data)
    matches = likely_duplicates(Traits.of(registrant), exclude_id=registrant.pk)
    context = {
        "application": application,
        "registrant": registrant,
        "qualifications": registrant.qualifications.all(),
        "documents": registrant.documents.all(),
        "duplicates": shown_matches(matches, request.user),
        "form": form,
        "is_open": application.state == ApplicationState.SUBMITTED,
    }
    return render(request, "registry/decide.html", context)


def _decided(request: HttpRequest, application: Application, decision: dict) -> HttpResponseRedirect:
    grounds = {"ground": decision["ground"], "reason": decision["reason"]}
    try:
        if decision["decision"] == "approve":
            registrant = approve_application(application=application, by=request.user)
            messages.success(request, _("Registered under number %(nia)s.") % {"nia": registrant.nia})
        elif decision["decision"] == "return":
            return_application(application=application, **grounds, by=request.user)
            messages.success(request, _("Sent back to be corrected."))
        else:
            reject_application(application=application, **grounds, by=request.user)
            messages.success(request, _("The application is rejected."))
    except ActionRefused as error:
        messages.error(request, str(error))
        return redirect("registry:decide", pk=application.pk)
    return redirect("registry:detail", pk=application.registrant_id)


def _application(request: HttpRequest, pk: int) -> Application:
    applications = Application.objects.visible_to(request.user).select_related(
        "registrant__commune__province", "registrant__region", "registrant__supervisor", "entered_by"
    )
    return get_object_or_404(applications, pk=pk)


def _saved(request: HttpRequest, application: Application) -> HttpResponseRedirect:
    """After saving: submit when that was asked, else stay on the draft and say what is missing."""
    if request.POST.get("step") == "submit":
        try:
            submit_application(application=application, by=request.user)
        except ActionRefused as error:
            messages.warning(request, str(error))
            return redirect("registry:application_edit", pk=application.pk)
        messages.success(
            request,
            _("Submitted. Tracking number: %(number)s") % {"number": application.tracking_number},
        )
        return redirect("registry:detail", pk=application.registrant_id)
    messages.success(request, _("The draft is saved."))
    return redirect("registry:application_edit", pk=application.pk)


def _duplicates_to_review(form: ApplicationForm) -> list:
    """Likely duplicates that the registrar has not yet declared different."""
    form.matches = [] if form.cleaned_data["duplicates_reviewed"] else form.duplicates()
    return form.matches


def _entered_by_first_click(form: ApplicationForm, request: HttpRequest) -> Registrant | None:
    """The entry that this very person made a moment ago, when the form was sent twice."""
    taken = getattr(form, "same_person", None)
    if taken is None:
        return None
    recent = taken.applications.filter(entered_by=request.user, entered_at__gte=timezone.now() - DOUBLE_CLICK)
    return taken if recent.exists() else None


def _form_page(
    request: HttpRequest, form: ApplicationForm, application: Application | None = None
) -> HttpResponse:
    if application is None and request.user.region_id is None:
        raise Http404
    taken = getattr(form, "same_person", None)
    context = {
        "form": form,
        "application": application,
        "missing": missing_parts(application) if application else [],
        "duplicates": shown_matches(getattr(form, "matches", []), request.user),
        "same_person": taken if taken and taken.region_id == request.user.region_id else None,
    }
    return render(request, "registry/application_form.html", context)
