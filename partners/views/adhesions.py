"""Chambers' votes on agreements: a director records the own chamber's, the national side any."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.exceptions import ActionRefused
from core.permissions import requires
from core.roles import Permission
from partners import actions
from partners.enums import AdhesionState
from partners.forms.agreements import ChamberForm, VoteForm
from partners.history import history_of
from partners.models import Adhesion, Agreement
from partners.views import steps


@requires(Permission.MANAGE_ADHESIONS)
@require_POST
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Put an agreement to the assembly of a chamber that was not asked yet."""
    agreement = get_object_or_404(Agreement, pk=pk)
    form = ChamberForm(request.POST, agreement=agreement, by=request.user)
    if not form.is_valid():
        messages.error(request, " ".join(form.errors["chamber"]))
        return redirect("partners:agreement", pk)
    try:
        made = actions.propose_adhesion(
            agreement=agreement, chamber=form.cleaned_data["chamber"], by=request.user
        )
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("partners:agreement", pk)
    messages.success(request, _("The agreement is put to the chamber's assembly."))
    return redirect("partners:adhesion", made.pk)


@requires(Permission.VIEW_PARTNERSHIPS)
def adhesion(request: HttpRequest, pk: int) -> HttpResponse:
    found = _adhesion(request, pk)
    context = {
        "adhesion": found,
        "votes": request.user.can(Permission.MANAGE_ADHESIONS),
        "documents": found.documents.all(),
        "history": history_of(found),
    }
    return render(request, "partners/staff/adhesion.html", context)


@requires(Permission.MANAGE_ADHESIONS)
def vote(request: HttpRequest, pk: int) -> HttpResponse:
    """What the assembly decided, with the date of its session."""
    found = _adhesion(request, pk)
    form = VoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            if said["outcome"] == AdhesionState.VOTED:
                actions.vote_adhesion(
                    adhesion=found, voted_on=said["voted_on"], ends_on=said["ends_on"], by=request.user
                )
            else:
                actions.refuse_adhesion(
                    adhesion=found, voted_on=said["voted_on"], reason=said["reason"], by=request.user
                )
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The vote is recorded."))
            return redirect("partners:adhesion", pk)
    return render(request, "partners/staff/vote.html", {"adhesion": found, "form": form})


@requires(Permission.MANAGE_ADHESIONS)
@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Put to the assembly once more what it refused, or what has ended."""
    found = _adhesion(request, pk)
    return steps.take(
        request,
        actions.propose_adhesion,
        done=_("The agreement is put to the chamber's assembly."),
        then=("partners:adhesion", pk),
        agreement=found.agreement,
        chamber=found.chamber,
    )


@requires(Permission.MANAGE_ADHESIONS)
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    found = _adhesion(request, pk)
    return steps.take(
        request,
        actions.end_adhesion,
        done=_("The chamber takes part no more."),
        then=("partners:adhesion", pk),
        adhesion=found,
        reason=request.POST.get("reason", "")[:300],
    )


def _adhesion(request: HttpRequest, pk: int) -> Adhesion:
    """Another region's does not exist for a regional account."""
    return get_object_or_404(Adhesion.objects.visible_to(request.user).with_places(), pk=pk)
