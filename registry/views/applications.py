"""Deciding on applications: one page with what speaks for and against it."""

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core.exceptions import ActionRefused
from core.models import User
from core.permissions import requires
from core.roles import ROLE_PERMISSIONS, Permission
from registry.actions import approve_application, reject_application, return_application, take_next
from registry.duplicates import Traits, likely_duplicates, shown_matches
from registry.enums import ApplicationState, PortraitFinding
from registry.forms import CommentForm, DecisionForm
from registry.models import Application


@requires(Permission.DECIDE_APPLICATION)
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """One application with what speaks for and against it, and the decision."""
    application = application_or_404(request, pk)
    registrant = application.registrant
    form = DecisionForm(request.POST or None, region_id=registrant.region_id)
    if request.method == "POST" and form.is_valid():
        try:
            _carry_out(request, application, form.cleaned_data)
        except ActionRefused as error:
            # The page again, as things stand by now: what was typed stays in the form.
            messages.error(request, str(error))
            application = application_or_404(request, pk)
        else:
            return _onward(request, application)
    matches = likely_duplicates(Traits.of(registrant), exclude_id=registrant.pk)
    context = {
        "application": application,
        "registrant": registrant,
        "qualifications": registrant.qualifications.all(),
        "documents": registrant.documents.all(),
        "duplicates": shown_matches(matches, request.user),
        "form": form,
        "members": registrant.members.select_related("registrant"),
        "comments": application.comments.select_related("author"),
        "comment_form": CommentForm(),
        "deciders": deciders_of(registrant.region_id),
        "photograph_findings": [PortraitFinding(code).label for code in application.photograph_findings],
        "is_open": application.state == ApplicationState.SUBMITTED,
        "may_decide": Application.objects.filter(pk=pk).decidable_by(request.user).exists(),
    }
    return render(request, "registry/decide.html", context)


def _carry_out(request: HttpRequest, application: Application, decision: dict) -> None:
    grounds = {"ground": decision["ground"], "reason": decision["reason"]}
    if decision["decision"] == "approve":
        registrant = approve_application(application=application, by=request.user)
        messages.success(request, _("Registered under number %(nia)s.") % {"nia": registrant.nia})
    elif decision["decision"] == "return":
        return_application(application=application, **grounds, by=request.user)
        messages.success(request, _("Sent back to be corrected."))
    else:
        reject_application(application=application, **grounds, by=request.user)
        messages.success(request, _("The application is rejected."))


def _onward(request: HttpRequest, application: Application) -> HttpResponse:
    """To the file that was decided on, or to the next one in the queue for whoever asked for it."""
    if request.POST.get("then") != "next":
        return redirect("registry:detail", pk=application.registrant_id)
    following = take_next(by=request.user)
    if following is None:
        messages.info(request, _("Nothing is left that you may decide on."))
        return redirect("registry:queue")
    return redirect("registry:decide", pk=following.pk)


def application_or_404(request: HttpRequest, pk: int) -> Application:
    """An application that the reader may know of."""
    applications = Application.objects.visible_to(request.user).select_related(
        "registrant__commune__province",
        "registrant__region",
        "registrant__supervisor",
        "entered_by",
        "assigned_to",
    )
    return get_object_or_404(applications, pk=pk)


def deciders_of(region_id: str) -> QuerySet:
    """Those who may decide on applications of a region."""
    roles = [role for role, allowed in ROLE_PERMISSIONS.items() if Permission.DECIDE_APPLICATION in allowed]
    here = Q(region_id=region_id) | Q(region_id=None)
    return User.objects.filter(here, roles__overlap=roles, is_active=True).order_by("name_latin", "pk")
