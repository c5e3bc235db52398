"""Offers in every state, for staff: lists of what waits, one offer's file, its steps."""

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
from partners.enums import ChangeState, OfferState, PartnerState, ReviewOutcome
from partners.filters.offers import ManagedOffersForm
from partners.forms.offers import OfferForm, ReviewForm
from partners.history import history_of
from partners.models import Offer, Partner
from partners.offer_values import values_of
from partners.offer_words import sides
from partners.views import steps

PAGE_SIZE = 25


@requires(Permission.MANAGE_OFFERS)
def offers(request: HttpRequest) -> HttpResponse:
    """Every offer, by what it waits for; the address holds the whole state."""
    form = ManagedOffersForm(request.GET)
    visible = Offer.objects.visible_to(request.user)
    found = form.apply(visible).by_partner().with_list_columns().with_waiting_change()
    context = {
        "form": form,
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
        "chips": form.chips(request.GET),
        "tabs": form.tabs(visible),
    }
    return render(request, "partners/staff/offers.html", context)


@requires(Permission.MANAGE_OFFERS)
def offer_new(request: HttpRequest) -> HttpResponse:
    """A new offer: whose it is first, then what it says."""
    partners = Partner.objects.select_related("parent")
    if "partner" not in request.GET:
        active = partners.filter(state=PartnerState.ACTIVE)
        return render(request, "partners/staff/offer_whose.html", {"partners": active})
    partner = get_object_or_404(partners, code=request.GET["partner"])
    form = OfferForm(request.POST or None, partner=partner)
    if request.method == "POST" and form.is_valid():
        try:
            offer = actions.create_offer(partner=partner, values=form.values(), by=request.user)
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The offer is a draft. Hand it in when it is whole."))
            return redirect("partners:offer_file", offer.pk)
    context = {"form": form, "partner": partner, "offer": None}
    return render(request, "partners/staff/offer_edit.html", context)


@requires(Permission.MANAGE_OFFERS)
def offer_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one offer, and what can be done with it now."""
    offer = _offer(request, pk)
    context = {
        "offer": offer,
        "facts": sides({}, values_of(offer)),
        "waiting": offer.changes.filter(state=ChangeState.PROPOSED).select_related("proposed_by").first(),
        "returned": _returned(offer),
        "documents": offer.documents.all(),
        "history": history_of(offer),
        "may_check": request.user.can(Permission.CHECK_OFFERS) and request.user.pk != offer.proposed_by_id,
    }
    return render(request, "partners/staff/offer.html", context)


@requires(Permission.MANAGE_OFFERS)
def offer_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """What the offer says: a draft is saved at once, a published offer's change waits to be checked."""
    offer = _offer(request, pk)
    published = offer.state == OfferState.PUBLISHED
    form = OfferForm(request.POST or None, instance=offer, partner=offer.partner)
    if request.method == "POST" and form.is_valid():
        said = {"values": form.values(), "version": form.cleaned_data["version"], "by": request.user}
        try:
            if published:
                actions.propose_change(offer=offer, **said)
                done = _("The change waits for somebody else to check it.")
            else:
                actions.save_draft(offer=offer, **said)
                done = _("The offer is saved.")
        except ActionRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, done)
            return redirect("partners:offer_file", pk)
    context = {"form": form, "partner": offer.partner, "offer": offer}
    return render(request, "partners/staff/offer_edit.html", context)


@requires(Permission.CHECK_OFFERS)
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Go through the published points, then publish the offer or return it."""
    offer = _offer(request, pk)
    form = ReviewForm(request.POST or None)
    if steps.reviewed(request, form, actions.review_offer, offer=offer):
        return redirect("partners:offer_file", pk)
    context = {"offer": offer, "form": form, "facts": sides({}, values_of(offer))}
    return render(request, "partners/staff/offer_check.html", context)


@requires(Permission.MANAGE_OFFERS)
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    return _step(request, pk, actions.confirm_offer, _("Confirmed today."))


@requires(Permission.MANAGE_OFFERS)
@require_POST
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    return _step(request, pk, actions.propose_offer, _("The offer waits for somebody else to check it."))


@requires(Permission.MANAGE_OFFERS)
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    return _step(request, pk, actions.reopen_offer, _("The offer is a draft again."))


@requires(Permission.MANAGE_OFFERS)
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    reason = request.POST.get("reason", "")[:500]
    return _step(request, pk, actions.withdraw_offer, _("The offer is withdrawn."), reason=reason)


def _offer(request: HttpRequest, pk: int) -> Offer:
    found = Offer.objects.visible_to(request.user).with_list_columns()
    return get_object_or_404(found.select_related("proposed_by", "published_by"), pk=pk)


def _returned(offer: Offer) -> str:
    """With what a draft came back from its last check; nothing for one that was not sent back."""
    last = offer.reviews.filter(change=None).first() if offer.state == OfferState.DRAFT else None
    return last.reason if last and last.outcome == ReviewOutcome.RETURNED else ""


def _step(request: HttpRequest, pk: int, action: Callable, done: str, **arguments: str) -> HttpResponse:
    offer = get_object_or_404(Offer.objects.visible_to(request.user), pk=pk)
    then = ("partners:offer_file", pk)
    return steps.take(request, action, done=done, then=then, offer=offer, **arguments)
