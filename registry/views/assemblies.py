"""Founding assemblies: convoked, ticked in the hall, voted, printed."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.exceptions import ActionRefused
from core.permissions import requires
from core.roles import Permission
from core.validators import record_key
from registry.actions.assemblies import (
    Invitation,
    close_attendance,
    close_without_effect,
    convoke_assembly,
    note_absent,
    note_present,
    note_represented,
    quorum_of,
)
from registry.actions.bodies import rules_of
from registry.actions.founding import (
    Facts,
    called_person,
    enter_candidate,
    enter_facts,
    found_body,
    missing_to_found,
    remove_candidate,
)
from registry.convocation_lists import MOST_CALLED, people_called
from registry.enums import AssemblyState, Attendance, BodyLevel, BodyState, Convoked
from registry.filters_bodies import ConvocationFilter
from registry.forms.bodies import CandidateForm, FactsForm, InvitationForm
from registry.models import Candidacy, Convocation, FoundingAssembly
from registry.views.bodies import changeable

PAGE_SIZE = 50
MOST_MATCHES = 12
LATEST = 8


@requires(Permission.MANAGE_BODIES)
def convoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Call the people of a branch together; how many each choice calls is counted beforehand."""
    body = changeable(request, pk)
    if body.state != BodyState.PLANNED:
        messages.info(request, _("An assembly of this body is convoked already, or the body is founded."))
        return redirect("registry:body", pk=pk)
    offered = [choice for choice in Convoked if _is_offered(choice, body)]
    counts = {
        choice.value: people_called(body, choice).order_by()[: MOST_CALLED + 1].count() for choice in offered
    }
    form = InvitationForm(request.POST or None, body=body, counts=counts)
    if request.method == "POST" and form.is_valid():
        fields = ("starts_at", "venue_ar", "venue_fr", "convoked", "proxies_each")
        try:
            assembly = convoke_assembly(
                body=body,
                invitation=Invitation(**{name: form.cleaned_data[name] for name in fields}),
                by=request.user,
            )
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The assembly is convoked and its list is frozen."))
            return redirect("registry:convocation_list", pk=assembly.pk)
    context = {"body": body, "form": form, "quorum_percent": rules_of(body).quorum_percent}
    return render(request, "registry/bodies/convoke.html", context)


@requires(Permission.VIEW_REGISTER)
def convocation_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Who was called, in the order of the printed list; all of them, or those who came or did not."""
    assembly = _visible(request, pk)
    asked = ConvocationFilter(request.GET)
    quorum = quorum_of(assembly)
    counts = {"": quorum.called, "attending": quorum.attending, "absent": quorum.called - quorum.attending}
    paginator = Paginator(asked.of(assembly).with_people(), PAGE_SIZE)
    # Known already: at a hundred thousand names counting them again would cost more than the page.
    paginator.count = counts[asked.shown]
    context = {
        "assembly": assembly,
        "body": assembly.body,
        "page": paginator.get_page(request.GET.get("page")),
        "tabs": [
            {
                "label": label,
                "url": f"?attendance={name}" if name else "?",
                "active": name == asked.shown,
                "count": counts[name],
            }
            for name, label in asked.SHOWN.items()
        ],
        "can_change": assembly.body.is_changeable_by(request.user),
        "can_export": request.user.can(Permission.EXPORT_REGISTER),
        "one": f"of={pk}&attendance={asked.shown}",
    }
    return render(request, "registry/bodies/convocations.html", context)


@requires(Permission.MANAGE_BODIES)
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """The hall's entrance: a number and Enter ticks somebody, a name shows who is meant.

    Names and numbers travel in the body of the request, so that they stand in no address and no log.
    """
    assembly = _changeable(request, pk)
    matches, typed = [], ""
    if request.method == "POST":
        typed = request.POST.get("text", "")[:100]
        try:
            matches = _note(request, assembly, typed)
        except ActionRefused as refusal:
            messages.error(request, str(refusal))
        if not matches:
            return redirect("registry:attendance", pk=pk)
    latest = assembly.convocations.attending().with_people().order_by("-noted_at")[:LATEST]
    context = {
        "assembly": assembly,
        "body": assembly.body,
        "quorum": quorum_of(assembly),
        "matches": matches,
        "typed": typed,
        "latest": latest,
        "is_open": assembly.state == AssemblyState.CONVOKED,
    }
    name = "_quorum.html" if request.htmx else "attendance.html"
    return render(request, f"registry/bodies/{name}", context)


@requires(Permission.MANAGE_BODIES)
@require_POST
def attendance_close(request: HttpRequest, pk: int) -> HttpResponse:
    assembly = _changeable(request, pk)
    try:
        close_attendance(assembly=assembly, by=request.user)
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("registry:attendance", pk=pk)
    messages.success(request, _("The attendance is closed. Enter what the assembly decided."))
    return redirect("registry:assembly_results", pk=pk)


@requires(Permission.MANAGE_BODIES)
@require_POST
def without_effect(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw the convocation, or end an assembly that founded nothing."""
    assembly = _changeable(request, pk)
    try:
        close_without_effect(assembly=assembly, reason=request.POST.get("reason", ""), by=request.user)
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The assembly is closed without effect. Another can be convoked."))
    return redirect("registry:body", pk=assembly.body_id)


@requires(Permission.MANAGE_BODIES)
def assembly_results(request: HttpRequest, pk: int) -> HttpResponse:
    """Ballots, statutes and candidates; two forms, each saved by itself."""
    assembly = _changeable(request, pk)
    if assembly.state != AssemblyState.HELD:
        messages.info(request, _("Close the attendance first: then the vote is entered."))
        return redirect("registry:body", pk=assembly.body_id)
    step = request.POST.get("step")
    facts = FactsForm(request.POST if step == "facts" else None, instance=assembly)
    candidate = CandidateForm(request.POST if step == "candidate" else None)
    if step == "facts" and facts.is_valid() and _entered_facts(request, assembly, facts):
        messages.success(request, _("The vote is saved."))
        return redirect("registry:assembly_results", pk=pk)
    if step == "candidate" and candidate.is_valid() and _entered_candidate(request, assembly, candidate):
        return redirect("registry:assembly_results", pk=pk)
    fresh = _changeable(request, pk)
    context = {
        "assembly": fresh,
        "body": fresh.body,
        "facts": facts,
        "candidate": candidate,
        "candidacies": fresh.candidacies.select_related("registrant"),
        "missing": missing_to_found(fresh),
        "is_founded": fresh.body.state == BodyState.FOUNDED,
        "quorum": quorum_of(fresh),
    }
    return render(request, "registry/bodies/results.html", context)


@requires(Permission.MANAGE_BODIES)
@require_POST
def candidate_remove(request: HttpRequest, pk: int) -> HttpResponse:
    candidacy = get_object_or_404(
        Candidacy.objects.visible_to(request.user).select_related("assembly__body"), pk=pk
    )
    _check_change(request, candidacy.assembly)
    try:
        remove_candidate(candidacy=candidacy, by=request.user)
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("registry:assembly_results", pk=candidacy.assembly_id)


@requires(Permission.MANAGE_BODIES)
@require_POST
def found(request: HttpRequest, pk: int) -> HttpResponse:
    assembly = _changeable(request, pk)
    try:
        found_body(assembly=assembly, by=request.user)
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("registry:assembly_results", pk=pk)
    messages.success(request, _("The body is founded. Its bureau's mandates have begun."))
    return redirect("registry:body", pk=assembly.body_id)


def _note(request: HttpRequest, assembly: FoundingAssembly, typed: str) -> list[Convocation]:
    """Do what was asked at the entrance; the people among whom a name leaves the choice."""
    people = assembly.convocations.with_people()
    step = request.POST.get("step")
    if chosen := request.POST.get("convocation", ""):
        one = get_object_or_404(people, pk=record_key(chosen))
        if step == "absent":
            note_absent(convocation=one, by=request.user)
            messages.info(request, _("Taken back: %(name)s.") % {"name": one.registrant.name})
        elif step == "represented":
            holders = list(people.by_number(typed)[:2])
            if len(holders) != 1:
                raise ActionRefused(_("Give the number of the person who holds the proxy."))
            note_represented(convocation=one, holder=holders[0], by=request.user)
            messages.success(request, _("Represented: %(name)s.") % {"name": one.registrant.name})
        else:
            _tick(request, one)
        return []
    by_number = list(people.by_number(typed)[:2])
    if len(by_number) == 1:
        _tick(request, by_number[0])
        return []
    by_name = list(people.by_name(typed)[:MOST_MATCHES])
    if not by_name:
        raise ActionRefused(_("Nobody on the list has this number or name."))
    return by_name


def _tick(request: HttpRequest, one: Convocation) -> None:
    if one.attendance == Attendance.PRESENT:
        messages.info(request, _("Ticked already: %(name)s.") % {"name": one.registrant.name})
        return
    note_present(convocation=one, by=request.user)
    messages.success(request, _("Present: %(name)s.") % {"name": one.registrant.name})


def _entered_facts(request: HttpRequest, assembly: FoundingAssembly, form: FactsForm) -> bool:
    names = ("ballots", "blank_ballots", "statutes_adopted", "note")
    try:
        facts = Facts(**{name: form.cleaned_data[name] for name in names})
        enter_facts(assembly=assembly, facts=facts, by=request.user)
    except ActionRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _entered_candidate(request: HttpRequest, assembly: FoundingAssembly, form: CandidateForm) -> bool:
    person = called_person(assembly, form.cleaned_data["number"])
    if person is None:
        form.add_error("number", _("Nobody on the list has this number."))
        return False
    try:
        enter_candidate(
            assembly=assembly,
            registrant=person,
            votes=form.cleaned_data["votes"],
            post=form.cleaned_data["post"],
            by=request.user,
        )
    except ActionRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("Entered: %(name)s.") % {"name": person.name})
    return True


def _is_offered(choice: str, body) -> bool:
    return choice != Convoked.OFFICE_HOLDERS or body.level != BodyLevel.PROVINCIAL


def _visible(request: HttpRequest, pk: int) -> FoundingAssembly:
    assemblies = FoundingAssembly.objects.visible_to(request.user).select_related(
        "body__branch", "body__region", "body__province"
    )
    return get_object_or_404(assemblies, pk=pk)


def _check_change(request: HttpRequest, assembly: FoundingAssembly) -> None:
    if not assembly.body.is_changeable_by(request.user):
        raise PermissionDenied


def _changeable(request: HttpRequest, pk: int) -> FoundingAssembly:
    assembly = _visible(request, pk)
    _check_change(request, assembly)
    return assembly
