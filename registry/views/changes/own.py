"""What an artisan asks of the chamber from the own space."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.exceptions import ActionRefused
from core.permissions import requires
from core.roles import Permission
from registry.actions import ask_correction, ask_exit, withdraw_change
from registry.enums import OPEN_CHANGE_STATES, ChangeKind, DocumentKind
from registry.forms.changes import CorrectionForm, OwnExitForm
from registry.models import ChangeRequest, Registrant
from registry.views.changes.request import letter_response


@requires(Permission.VIEW_OWN_FILE)
def correction(request: HttpRequest) -> HttpResponse:
    """Say what is wrong in the own file."""
    registrant = get_object_or_404(Registrant, user=request.user)
    form = CorrectionForm(
        request.POST or None, request.FILES or None, registrant=registrant, user=request.user
    )
    if request.method == "POST":
        if form.is_valid():
            try:
                made = ask_correction(
                    registrant=registrant,
                    about=form.cleaned_data["about"],
                    explanation=form.cleaned_data["explanation"],
                    documents=form.scan("proof", DocumentKind.OTHER),
                    by=request.user,
                )
            except ActionRefused as refusal:
                form.add_error(None, str(refusal))
            else:
                return _sent(request, made)
        form.keep_uploads()
    return render(request, "registry/changes/own_correction.html", {"form": form})


@requires(Permission.VIEW_OWN_FILE)
def leave(request: HttpRequest) -> HttpResponse:
    """What leaving the register means, its steps, and the request."""
    registrant = get_object_or_404(Registrant, user=request.user)
    form = OwnExitForm(request.POST or None, request.FILES or None, user=request.user)
    if request.method == "POST":
        if form.is_valid():
            try:
                made = ask_exit(
                    registrant=registrant,
                    documents=form.documents(),
                    effective_on=form.cleaned_data["effective_on"],
                    explanation=form.cleaned_data["explanation"],
                    by=request.user,
                )
            except ActionRefused as refusal:
                form.add_error(None, str(refusal))
            else:
                return _sent(request, made)
        form.keep_uploads()
    open_one = registrant.change_requests.filter(kind=ChangeKind.EXIT, state__in=OPEN_CHANGE_STATES).first()
    return render(request, "registry/changes/own_exit.html", {"form": form, "change": open_one})


@requires(Permission.VIEW_OWN_FILE)
@require_POST
def own_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an own wish back."""
    try:
        withdraw_change(request=_own(request, pk), by=request.user)
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The request is withdrawn."))
    return redirect("registry:own_space")


@requires(Permission.VIEW_OWN_FILE)
def own_letter(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """The letter about a request of one's own file."""
    return letter_response(_own(request, pk), language)


def _own(request: HttpRequest, pk: int) -> ChangeRequest:
    own = ChangeRequest.objects.filter(registrant__user=request.user).select_related(
        "registrant", "region", "destination", "ground"
    )
    return get_object_or_404(own, pk=pk)


def _sent(request: HttpRequest, made: ChangeRequest) -> HttpResponse:
    messages.success(request, _("Your request has reached the chamber: %(number)s") % {"number": made.number})
    return redirect("registry:own_space")
