"""Versions of the list of crafts: shown, searched, entered as a draft, discarded."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.arabic import fold
from core.exceptions import ActionRefused
from core.models import AuditEvent
from core.permissions import requires
from core.roles import Permission
from registry.actions.craft_lists import add_craft_list, discard_craft_list, is_draft
from registry.craft_comparison import compare
from registry.craft_files import COLUMNS
from registry.enums import CraftChangeState
from registry.forms.craft_list import CraftListForm
from registry.models import Craft, CraftChange, CraftList, Registrant

HISTORY_SIZE = 30


@requires(Permission.VIEW_REGISTER)
def craft_lists(request: HttpRequest) -> HttpResponse:
    """Every version, the one in use first, and the changes from one to another."""
    lists = CraftList.objects.annotate(
        branch_count=Count("branches", distinct=True), craft_count=Count("branches__crafts", distinct=True)
    ).select_related("uploaded_by")
    done = CraftChange.objects.filter(state=CraftChangeState.DONE).select_related(
        "from_list", "to_list", "started_by", "undoes"
    )
    newest = done.order_by("-finished_at", "-pk").first()
    return render(
        request,
        "registry/crafts/lists.html",
        {
            "lists": lists,
            "changes": done,
            "newest": newest,
            "moving": CraftChange.objects.filter(state=CraftChangeState.MOVING).first(),
            "manages": request.user.can(Permission.MANAGE_CRAFTS),
            "to_ask": Registrant.objects.visible_to(request.user).with_gone_craft().count(),
            "can_export": request.user.can(Permission.EXPORT_REGISTER),
        },
    )


@requires(Permission.VIEW_REGISTER)
def craft_list(request: HttpRequest, pk: int) -> HttpResponse:
    """One version by class, branch and craft, searched in either script."""
    version = get_object_or_404(CraftList, pk=pk)
    text = request.GET.get("q", "")[:100]
    words = fold(text).split()
    crafts = [craft for craft in Craft.objects.of(version) if craft.answers(words)]
    current = CraftList.objects.filter(is_current=True).first()
    manages = request.user.can(Permission.MANAGE_CRAFTS)
    return render(
        request,
        "registry/crafts/list.html",
        {
            "version": version,
            "crafts": crafts,
            "text": text,
            "is_draft": is_draft(version),
            "manages": manages,
            "current": current,
            "comparison": compare(current, version) if current and current != version else None,
            "history": AuditEvent.objects.about(version)[:HISTORY_SIZE] if manages else [],
        },
    )


@requires(Permission.MANAGE_CRAFTS)
def craft_list_new(request: HttpRequest) -> HttpResponse:
    """Send a list: what is wrong is told by line and column, what is good becomes a draft to look at."""
    form = CraftListForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        version = add_craft_list(
            rows=form.cleaned_data["file"].rows,
            name_ar=form.cleaned_data["name_ar"],
            name_fr=form.cleaned_data["name_fr"],
            is_official=form.cleaned_data["standing"] == "official",
            by=request.user,
        )
        messages.success(request, _("The list is entered as a draft. Nothing uses it yet: look at it first."))
        return redirect("registry:craft_list", pk=version.pk)
    return render(
        request, "registry/crafts/new.html", {"form": form, "columns": COLUMNS, "errors": form.file_errors}
    )


@requires(Permission.MANAGE_CRAFTS)
@require_POST
def craft_list_discard(request: HttpRequest, pk: int) -> HttpResponse:
    version = get_object_or_404(CraftList, pk=pk)
    try:
        discard_craft_list(craft_list=version, by=request.user)
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("registry:craft_list", pk=pk)
    messages.success(request, _("The draft is discarded."))
    return redirect("registry:craft_lists")
