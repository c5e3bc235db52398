"""From one list of crafts to another: the mapping, putting in use, going back."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from core.exceptions import ActionRefused
from core.permissions import requires
from core.roles import Permission
from core.validators import record_key
from registry import craft_moving
from registry.actions.craft_changes import go_back, put_in_use
from registry.actions.craft_mapping import confirm_proposals, decide_mapping, open_mapping
from registry.craft_matching import CraftMatcher
from registry.enums import CraftChangeState
from registry.forms.craft_list import MappingForm
from registry.models import Craft, CraftChange, CraftList, CraftMapping, RegistrantCraft

PAGE_SIZE = 25


@requires(Permission.MANAGE_CRAFTS)
@require_POST
def mapping_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the machine propose a new craft for each old one."""
    version = get_object_or_404(CraftList, pk=pk)
    try:
        change = open_mapping(craft_list=version, by=request.user)
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("registry:craft_list", pk=pk)
    return redirect("registry:craft_mapping", pk=change.pk)


@requires(Permission.MANAGE_CRAFTS)
def craft_mapping(request: HttpRequest, pk: int) -> HttpResponse:
    """Old crafts with what is proposed for each, most people first; those ticked are confirmed."""
    change = _change(pk)
    if request.method == "POST":
        ticked = [key for text in request.POST.getlist("mapping") if (key := record_key(text))][:PAGE_SIZE]
        try:
            count = confirm_proposals(change=change, mapping_ids=ticked, by=request.user)
        except ActionRefused as refusal:
            messages.error(request, str(refusal))
        else:
            told = ngettext("%(count)s craft confirmed.", "%(count)s crafts confirmed.", count)
            messages.success(request, told % {"count": count})
        return redirect("registry:craft_mapping", pk=pk)
    page = Paginator(change.mappings.for_page(), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(
        request,
        "registry/crafts/mapping.html",
        {"change": change, "page": page, "counts": _counts(change), "is_open": _is_open(change)},
    )


@requires(Permission.MANAGE_CRAFTS)
def craft_mapping_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide on one old craft, then go on with the next that is undecided."""
    mapping = get_object_or_404(
        CraftMapping.objects.with_use().select_related("from_craft__branch", "to_craft", "change__to_list"),
        pk=pk,
    )
    crafts = list(Craft.objects.of(mapping.change.to_list))
    likely = [proposal.craft for proposal in CraftMatcher(crafts).ranked(mapping.from_craft, limit=6)]
    form = MappingForm(request.POST or None, mapping=mapping, likely=likely, crafts=crafts)
    if request.method == "POST" and form.is_valid():
        try:
            decide_mapping(mapping=mapping, to_craft=form.craft(), by=request.user)
        except ActionRefused as refusal:
            messages.error(request, str(refusal))
            return redirect("registry:craft_mapping", pk=mapping.change_id)
        messages.success(request, _("Decided: %(craft)s.") % {"craft": mapping.from_craft.name})
        following = mapping.change.mappings.undecided().for_page().first()
        if following is not None and request.POST.get("step") == "next":
            return redirect("registry:craft_mapping_one", pk=following.pk)
        return redirect("registry:craft_mapping", pk=mapping.change_id)
    return render(request, "registry/crafts/mapping_one.html", {"mapping": mapping, "form": form})


@requires(Permission.MANAGE_CRAFTS)
def craft_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Before: what putting the list in use will do. During: how far it is. After: what it did."""
    change = _change(pk)
    if request.method == "POST":
        try:
            put_in_use(change=change, by=request.user)
        except ActionRefused as refusal:
            messages.error(request, str(refusal))
        else:
            # A worker that was lost is replaced; one that is at work makes this one wait and find nothing.
            if change.state == CraftChangeState.MOVING:
                craft_moving.begin(change.pk, change.links_total)
        return redirect("registry:craft_change", pk=pk)
    context = {
        "change": change,
        "counts": _counts(change),
        "is_moving": change.state == CraftChangeState.MOVING,
        "is_open": _is_open(change),
        "to_ask": _to_ask(change),
    }
    name = "_moving.html" if request.htmx else "change.html"
    return render(request, f"registry/crafts/{name}", context)


@requires(Permission.MANAGE_CRAFTS)
@require_POST
def craft_change_undo(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        undoing = go_back(change=_change(pk), by=request.user)
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("registry:craft_lists")
    return redirect("registry:craft_change", pk=undoing.pk)


def _change(pk: int) -> CraftChange:
    changes = CraftChange.objects.select_related("from_list", "to_list", "started_by", "undoes")
    return get_object_or_404(changes, pk=pk)


def _is_open(change: CraftChange) -> bool:
    return change.state == CraftChangeState.MAPPING


def _counts(change: CraftChange) -> dict[str, int]:
    """How far the mapping is: crafts decided and registrants' entries they concern."""
    counts = change.mappings.aggregate(
        crafts=Count("pk", distinct=True),
        decided=Count("pk", distinct=True, filter=~Q(verdict="proposed")),
        entries=Count("from_craft__registrant_links"),
        entries_decided=Count("from_craft__registrant_links", filter=~Q(verdict="proposed")),
    )
    return counts | {"crafts_open": counts["crafts"] - counts["decided"]}


def _to_ask(change: CraftChange) -> int:
    """Registrants whose craft has no place in the new list."""
    links = RegistrantCraft.objects.filter(craft__branch__craft_list_id=change.from_list_id)
    if _is_open(change):
        gone = change.mappings.filter(verdict="gone").values("from_craft_id")
        links = links.filter(craft_id__in=gone)
    return links.count()
