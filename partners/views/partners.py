"""Partners themselves, for staff: listed with what hangs on them, entered, changed, ended and resumed."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.exceptions import ActionRefused
from core.permissions import requires
from core.roles import Permission
from partners import actions
from partners.forms.partners import PartnerForm
from partners.history import history_of
from partners.models import Partner
from partners.views import steps

PAGE_SIZE = 50


@requires(Permission.VIEW_PARTNERSHIPS)
def companies(request: HttpRequest) -> HttpResponse:
    """Every partner with how many offers, agreements and branches it has."""
    text = request.GET.get("q", "")[:100]
    found = Partner.objects.search(text).with_counts()
    context = {
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
        "text": text,
        "manages": request.user.can(Permission.MANAGE_OFFERS),
    }
    return render(request, "partners/staff/companies.html", context)


@requires(Permission.MANAGE_OFFERS)
def company_new(request: HttpRequest) -> HttpResponse:
    return _edit(request, None, PartnerForm(request.POST or None))


@requires(Permission.MANAGE_OFFERS)
def company_edit(request: HttpRequest, code: str) -> HttpResponse:
    partner = get_object_or_404(Partner, code=code)
    return _edit(request, partner, PartnerForm(request.POST or None, instance=partner))


@requires(Permission.MANAGE_OFFERS)
@require_POST
def company_end(request: HttpRequest, code: str) -> HttpResponse:
    return _step(request, code, actions.end_partnership, _("The partnership has ended."))


@requires(Permission.MANAGE_OFFERS)
@require_POST
def company_resume(request: HttpRequest, code: str) -> HttpResponse:
    return _step(request, code, actions.resume_partnership, _("The partnership is resumed."))


def _step(request: HttpRequest, code: str, action: Callable, done: str) -> HttpResponse:
    return steps.take(
        request,
        action,
        done=done,
        then=("partners:company_edit", code),
        partner=get_object_or_404(Partner, code=code),
        reason=request.POST.get("reason", "")[:300],
    )


def _edit(request: HttpRequest, partner: Partner | None, form: PartnerForm) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_partner(partner=partner, by=request.user, **form.arguments())
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The partner is saved."))
            return redirect("partners:companies")
    context = {"form": form, "partner": partner, "history": history_of(partner) if partner else []}
    return render(request, "partners/staff/company_edit.html", context)
