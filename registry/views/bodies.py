"""Craft bodies: listed, planned, one body's page with its next step, progress, documents."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.exceptions import ActionRefused
from core.media import serve_protected
from core.models import AuditEvent, Province, Region
from core.permissions import requires
from core.roles import Permission
from registry.actions.assemblies import quorum_of
from registry.actions.bodies import (
    add_body_document,
    dissolve_body,
    plan_body,
    remove_planned_body,
    rules_of,
    show_president,
)
from registry.actions.founding import missing_to_found
from registry.enums import BodyLevel, BodyState
from registry.filters_bodies import BodyFilterForm
from registry.forms.bodies import BodyDocumentForm, BodyForm, EndingForm
from registry.models import BodyDocument, CraftBody
from registry.querysets_bodies import FIRST_WAVE

PAGE_SIZE = 25
HISTORY_SIZE = 50
_STEPS = (BodyState.PLANNED, BodyState.CONVOKED, BodyState.ASSEMBLY_HELD, BodyState.FOUNDED)


@requires(Permission.VIEW_REGISTER)
def bodies(request: HttpRequest) -> HttpResponse:
    """The bodies that the reader may see, filtered."""
    form = BodyFilterForm(request.GET, user=request.user)
    visible = CraftBody.objects.visible_to(request.user)
    rows = form.apply(visible).with_list_columns()
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "chips": form.chips(request.GET),
        "renewals": visible.renewal_due().count(),
        "manages": request.user.can(Permission.MANAGE_BODIES),
        "can_export": request.user.can(Permission.EXPORT_REGISTER),
    }
    return render(request, "registry/bodies/list.html", context)


@requires(Permission.MANAGE_BODIES)
def body_new(request: HttpRequest) -> HttpResponse:
    """Take a body into the plan."""
    form = BodyForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            body = plan_body(
                level=form.cleaned_data["level"],
                branch=form.cleaned_data["branch"],
                region=form.cleaned_data["region"],
                province=form.cleaned_data["province"],
                by=request.user,
            )
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The body is planned. Next, its founding assembly is convoked."))
            return redirect("registry:body", pk=body.pk)
    return render(request, "registry/bodies/new.html", {"form": form})


@requires(Permission.VIEW_REGISTER)
def body(request: HttpRequest, pk: int) -> HttpResponse:
    """One body: where it stands, what comes next, its bureau, documents and history."""
    found = get_object_or_404(CraftBody.objects.visible_to(request.user).with_list_columns(), pk=pk)
    assembly = found.assemblies.exclude(state="closed").first()
    held = bool(assembly) and found.state == BodyState.ASSEMBLY_HELD
    context = {
        "body": found,
        "steps": _steps(found),
        "assembly": assembly,
        "quorum": quorum_of(assembly) if assembly else None,
        "missing": missing_to_found(assembly) if held else [],
        "bureau": found.mandates.in_force().in_order().with_people(),
        "member_count": found.memberships.active().count(),
        "documents": found.documents.select_related("uploaded_by"),
        "document_form": BodyDocumentForm(),
        "below": _below(found),
        "rules": rules_of(found),
        "can_change": found.is_changeable_by(request.user),
        "can_remove": found.state == BodyState.PLANNED and not found.assemblies.exists(),
        "history": AuditEvent.objects.about(found)[:HISTORY_SIZE],
    }
    return render(request, "registry/bodies/body.html", context)


@requires(Permission.VIEW_REGISTER)
def progress(request: HttpRequest) -> HttpResponse:
    """How many bodies are founded, by region, against the target that is published for the whole."""
    counted = CraftBody.objects.visible_to(request.user).founded_by_region()
    regions = Region.objects.all()
    if not request.user.sees_all_regions:
        regions = regions.filter(pk=request.user.region_id)
    places = [(region.pk, region.name) for region in regions] + [("", _("National"))]
    most = max((sum(states.values()) for states in counted.values()), default=0) or 1
    rows = []
    for code, name in places:
        states = counted.get(code, {})
        total = sum(states.values())
        founded = states.get(BodyState.FOUNDED, 0)
        rows.append(
            {
                "code": code,
                "name": name,
                "planned": states.get(BodyState.PLANNED, 0),
                "convoked": states.get(BodyState.CONVOKED, 0),
                "held": states.get(BodyState.ASSEMBLY_HELD, 0),
                "founded": founded,
                "total": total,
                "founded_width": founded * 100 // most,
                "total_width": total * 100 // most,
            }
        )
    context = {
        "rows": rows,
        "founded": sum(row["founded"] for row in rows),
        "total": sum(row["total"] for row in rows),
        "target": FIRST_WAVE,
        "is_national": request.user.sees_all_regions,
    }
    return render(request, "registry/bodies/progress.html", context)


@requires(Permission.MANAGE_BODIES)
@require_POST
def body_remove(request: HttpRequest, pk: int) -> HttpResponse:
    found = changeable(request, pk)
    try:
        remove_planned_body(body=found, by=request.user)
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("registry:body", pk=pk)
    messages.success(request, _("The body is out of the plan."))
    return redirect("registry:bodies")


@requires(Permission.MANAGE_BODIES)
def body_dissolve(request: HttpRequest, pk: int) -> HttpResponse:
    """End a founded body with a reason."""
    found = changeable(request, pk)
    form = EndingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            dissolve_body(
                body=found,
                dissolved_on=form.cleaned_data["day"],
                reason=form.cleaned_data["reason"],
                by=request.user,
            )
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The body is dissolved."))
            return redirect("registry:body", pk=pk)
    return render(request, "registry/bodies/dissolve.html", {"body": found, "form": form})


@requires(Permission.MANAGE_BODIES)
@require_POST
def body_public(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the president's name to the public, or no longer."""
    show_president(body=changeable(request, pk), shown=request.POST.get("shown") == "yes", by=request.user)
    return redirect("registry:body", pk=pk)


@requires(Permission.MANAGE_BODIES)
@require_POST
def body_document_add(request: HttpRequest, pk: int) -> HttpResponse:
    found = changeable(request, pk)
    form = BodyDocumentForm(request.POST, request.FILES)
    if form.is_valid():
        add_body_document(
            body=found, kind=form.cleaned_data["kind"], scan=form.cleaned_data["file"], by=request.user
        )
        messages.success(request, _("The document is kept."))
        return redirect("registry:body", pk=pk)
    return render(request, "registry/bodies/document.html", {"body": found, "form": form})


@requires(Permission.VIEW_REGISTER)
def body_document(request: HttpRequest, pk: int) -> HttpResponse:
    document = get_object_or_404(BodyDocument.objects.visible_to(request.user), pk=pk)
    return serve_protected(document.file, content_type=document.content_type)


def changeable(request: HttpRequest, pk: int) -> CraftBody:
    """The body, if the reader may change it; one that they only see is refused.

    Raises:
        PermissionDenied: a national body, from within a region.
    """
    found = get_object_or_404(CraftBody.objects.visible_to(request.user).with_list_columns(), pk=pk)
    if not found.is_changeable_by(request.user):
        raise PermissionDenied
    return found


def _steps(found: CraftBody) -> list[dict]:
    """The way to a founded body, with what is done of it."""
    if found.state == BodyState.DISSOLVED:
        return []
    place = _STEPS.index(found.state)
    done = found.state == BodyState.FOUNDED
    states = [
        "done" if n < place or done else "current" if n == place else "todo" for n in range(len(_STEPS))
    ]
    return [{"label": step.label, "state": state} for step, state in zip(_STEPS, states, strict=True)]


def _below(found: CraftBody) -> dict | None:
    """On which founded bodies it rests, and where there is none yet; nothing for a provincial one."""
    if found.level == BodyLevel.PROVINCIAL:
        return None
    below = CraftBody.objects.below(found)
    if found.level == BodyLevel.REGIONAL:
        there = set(below.values_list("province_id", flat=True))
        places = Province.objects.with_communes().filter(region_id=found.region_id)
    else:
        there = set(below.values_list("region_id", flat=True))
        places = Region.objects.all()
    return {
        "founded": len(there),
        "needed": rules_of(found).provincial_bodies_needed,
        "missing": [place.name for place in places if place.pk not in there],
        "words": _("Provinces without one yet") if found.region_id else _("Regions without one yet"),
    }
