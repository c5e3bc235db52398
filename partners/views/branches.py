"""Partners' places: listed by partner and commune, entered one by one."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core.exceptions import ActionRefused
from core.permissions import requires
from core.roles import Permission
from partners import actions
from partners.forms.branches import BranchFilterForm, BranchForm
from partners.history import history_of
from partners.models import Branch, Partner

PAGE_SIZE = 25


@requires(Permission.VIEW_PARTNERSHIPS)
def branches(request: HttpRequest) -> HttpResponse:
    form = BranchFilterForm(request.GET)
    found = form.apply(Branch.objects.with_places().select_related("partner")).by_place()
    context = {
        "form": form,
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
        "chips": form.chips(request.GET),
        "manages": request.user.can(Permission.MANAGE_OFFERS),
    }
    return render(request, "partners/staff/branches.html", context)


@requires(Permission.MANAGE_OFFERS)
def branch_new(request: HttpRequest) -> HttpResponse:
    """A place of the partner that the address names; without one, the partner is chosen first."""
    if "partner" not in request.GET:
        context = {"partners": Partner.objects.select_related("parent")}
        return render(request, "partners/staff/branch_whose.html", context)
    partner = get_object_or_404(Partner, code=request.GET["partner"])
    return _edit(request, Branch(partner=partner), BranchForm(request.POST or None))


@requires(Permission.MANAGE_OFFERS)
def branch_edit(request: HttpRequest, pk: int) -> HttpResponse:
    branch = get_object_or_404(Branch.objects.select_related("partner"), pk=pk)
    return _edit(request, branch, BranchForm(request.POST or None, instance=branch))


def _edit(request: HttpRequest, branch: Branch, form: BranchForm) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        known = branch if branch.pk else None
        try:
            actions.save_branch(branch=known, partner=branch.partner, values=form.values(), by=request.user)
        except ActionRefused as refusal:
            form.add_error("code", str(refusal))
        else:
            messages.success(request, _("The branch is saved."))
            return redirect("partners:branches")
    context = {"form": form, "branch": branch, "history": history_of(branch) if branch.pk else []}
    return render(request, "partners/staff/branch_edit.html", context)
