"""Managing offers: what each still lacks, its terms, and whether it is shown."""

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
from partners.filters import ManagedOffersForm
from partners.forms import OfferForm, ReviewForm
from partners.models import Offer

PAGE_SIZE = 25


@requires(Permission.MANAGE_OFFERS)
def partner_list(request: HttpRequest) -> HttpResponse:
    """Partners with their offers, drafts and withdrawn ones included."""
    form = ManagedOffersForm(request.GET)
    offers = form.apply(Offer.objects.visible_to(request.user)).by_partner().with_list_columns()
    page = Paginator(offers, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "chips": form.chips(request.GET)}
    return render(request, "partners/partners.html", context)


@requires(Permission.MANAGE_OFFERS)
def offer_terms(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter what the partner gave: terms in both languages, dates, regions."""
    offer = get_object_or_404(Offer.objects.visible_to(request.user).with_list_columns(), pk=pk)
    form = OfferForm(request.POST or None, instance=offer)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_terms(
                offer=offer,
                terms=form.terms(),
                regions=form.cleaned_data["regions"],
                version=form.cleaned_data["version"],
                by=request.user,
            )
        except ActionRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The terms are saved."))
            return redirect("partners:offer", pk)
    return render(request, "partners/offer_terms.html", {"offer": offer, "form": form})


@requires(Permission.MANAGE_OFFERS)
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    return _change(request, pk, actions.confirm_offer, _("Confirmed today."))


@requires(Permission.MANAGE_OFFERS)
@require_POST
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    return _change(request, pk, actions.propose_offer, _("The offer waits for somebody else to check it."))


@requires(Permission.CHECK_OFFERS)
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Go through the published points, then publish the offer or return it."""
    offer = get_object_or_404(Offer.objects.visible_to(request.user).with_list_columns(), pk=pk)
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.review_offer(
                offer=offer,
                outcome=form.cleaned_data["outcome"],
                answers=form.answers(),
                reason=form.cleaned_data["reason"],
                by=request.user,
            )
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your check is recorded."))
            return redirect("partners:offer", pk)
    return render(request, "partners/offer_check.html", {"offer": offer, "form": form})


@requires(Permission.MANAGE_OFFERS)
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    return _change(request, pk, actions.reopen_offer, _("The offer is a draft again."))


@requires(Permission.MANAGE_OFFERS)
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    reason = request.POST.get("reason", "")
    return _change(request, pk, actions.withdraw_offer, _("The offer is withdrawn."), reason=reason)


def _change(request: HttpRequest, pk: int, action: Callable, done: str, **arguments: str) -> HttpResponse:
    offer = get_object_or_404(Offer.objects.visible_to(request.user), pk=pk)
    try:
        action(offer=offer, by=request.user, **arguments)
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("partners:offer", pk)
