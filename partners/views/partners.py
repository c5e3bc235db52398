"""Partners themselves, for staff: listed with what hangs on them, entered, changed, ended and resumed."""

from collections import Counter
from collections.abc import Callable
from urllib.parse import urlencode

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
from partners.enums import PartnerState
from partners.forms.partners import PartnerForm
from partners.history import history_of
from partners.models import Partner
from partners.querysets.offers import PartnerQuerySet
from partners.views import steps

PAGE_SIZE = 50


@requires(Permission.VIEW_PARTNERSHIPS)
def companies(request: HttpRequest) -> HttpResponse:
    """Every partner with how many offers, agreements and branches it has, or those of one state."""
    text, state = request.GET.get("q", "")[:100], request.GET.get("state", "")
    named = Partner.objects.search(text)
    found = named.filter(state=state) if state in PartnerState else named
    context = {
        "page": Paginator(found.with_counts(), PAGE_SIZE).get_page(request.GET.get("page")),
        "tabs": _tabs(named, text, state),
        "text": text,
        "manages": request.user.can(Permission.MANAGE_OFFERS),
    }
    return render(request, "partners/staff/companies.html", context)


def _tabs(named: PartnerQuerySet, text: str, state: str) -> list[dict]:
    """All of them and those of each state, with the words that were searched for."""
    counts = Counter(named.values_list("state", flat=True))
    words = {"q": text} if text else {}
    one_each = [
        {
            "label": PartnerState(code).label,
            "url": f"?{urlencode({'state': code, **words})}",
            "active": code == state,
            "count": counts[code],
        }
        for code in PartnerState
    ]
    everything = {"label": _("All"), "url": f"?{urlencode(words)}", "count": counts.total()}
    return [everything | {"active": state not in PartnerState}, *one_each]


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
