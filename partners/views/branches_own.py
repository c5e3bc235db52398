"""A partner's places, kept by its own administrator: entered, changed, closed and opened again."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.exceptions import ActionRefused
from core.permissions import requires
from core.roles import Permission
from partners import actions
from partners.acting import as_agent
from partners.forms.branches import BranchFilterForm, BranchForm
from partners.history import history_of
from partners.models import Branch, PartnerAgent

PAGE_SIZE = 25


@requires(Permission.MANAGE_PARTNER_SPACE)
@require_safe
@as_agent
def branch_list(request: HttpRequest, admin: PartnerAgent) -> HttpResponse:
    """The partner's places, closed ones last."""
    form = BranchFilterForm(request.GET, of=admin.partner)
    found = form.apply(Branch.objects.of_partner(admin.partner).with_places())
    found = found.order_by("-is_open", "commune_id", "code")
    context = {
        "admin": admin,
        "form": form,
        "chips": form.chips(request.GET),
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
    }
    return render(request, "partners/space/branches.html", context)


@requires(Permission.MANAGE_PARTNER_SPACE)
@as_agent
def branch_new(request: HttpRequest, admin: PartnerAgent) -> HttpResponse:
    return _edit(request, admin, Branch(partner=admin.partner))


@requires(Permission.MANAGE_PARTNER_SPACE)
@as_agent
def branch_edit(request: HttpRequest, admin: PartnerAgent, pk: int) -> HttpResponse:
    """What holders read of a place, and what happened to it."""
    return _edit(request, admin, _found(admin, pk))


@requires(Permission.MANAGE_PARTNER_SPACE)
@require_POST
@as_agent
def branch_close(request: HttpRequest, admin: PartnerAgent, pk: int) -> HttpResponse:
    words = _("The branch is closed: holders are sent there no more.")
    return _put_open(request, _found(admin, pk), False, words)


@requires(Permission.MANAGE_PARTNER_SPACE)
@require_POST
@as_agent
def branch_reopen(request: HttpRequest, admin: PartnerAgent, pk: int) -> HttpResponse:
    return _put_open(request, _found(admin, pk), True, _("The branch is open again."))


def _edit(request: HttpRequest, admin: PartnerAgent, branch: Branch) -> HttpResponse:
    known = branch if branch.pk else None
    form = BranchForm(request.POST or None, instance=branch)
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_branch(branch=known, partner=admin.partner, values=form.values(), by=request.user)
        except ActionRefused as refusal:
            form.add_error("code", str(refusal))
        else:
            messages.success(request, _("The branch is saved."))
            return redirect("partner_space:branches")
    # A form that does not hold has put what was typed into its record: the heading names what is on file.
    shown = _found(admin, known.pk) if known else None
    context = {"admin": admin, "form": form, "branch": shown, "history": history_of(shown) if shown else []}
    return render(request, "partners/space/branch_edit.html", context)


def _put_open(request: HttpRequest, branch: Branch, is_open: bool, words: str) -> HttpResponse:
    actions.save_branch(branch=branch, partner=branch.partner, values={"is_open": is_open}, by=request.user)
    messages.success(request, words)
    return redirect("partner_space:branch", branch.pk)


def _found(admin: PartnerAgent, pk: int) -> Branch:
    return get_object_or_404(Branch.objects.of_partner(admin.partner).select_related("partner"), pk=pk)
