"""A partner's own offers: proposed, confirmed, changed and withdrawn by its administrator.

What is drafted or changed here is checked by the administration before it is shown.
"""

from collections.abc import Callable

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
from partners.enums import ChangeState, OfferState
from partners.forms.offers import OfferForm
from partners.models import Offer, OfferChange, PartnerAgent
from partners.offer_values import values_of
from partners.offer_words import sides

PAGE_SIZE = 25


@requires(Permission.MANAGE_OWN_OFFERS)
@require_safe
@as_agent
def offer_list(request: HttpRequest, admin: PartnerAgent) -> HttpResponse:
    """Every offer of the partner, drafts and withdrawn ones included."""
    offers = Offer.objects.of_partner(admin.partner).order_by("state", "name_fr").with_list_columns()
    page = Paginator(offers, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "partners/space/offers.html", {"admin": admin, "page": page})


@requires(Permission.MANAGE_OWN_OFFERS)
@as_agent
def offer_new(request: HttpRequest, admin: PartnerAgent) -> HttpResponse:
    """Draft an offer; it is handed in when it is whole."""
    form = OfferForm(request.POST or None, partner=admin.partner)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.create_offer(partner=admin.partner, values=form.values(), by=request.user)
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The offer is a draft. Hand it in when it is whole."))
            return redirect("partner_space:offer", made.pk)
    return render(request, "partners/space/offer_edit.html", {"admin": admin, "form": form, "offer": None})


@requires(Permission.MANAGE_OWN_OFFERS)
@require_safe
@as_agent
def offer(request: HttpRequest, admin: PartnerAgent, pk: int) -> HttpResponse:
    """What the portal says of one offer, and what may be done about it."""
    found = _found(admin, pk)
    context = {
        "admin": admin,
        "offer": found,
        "facts": sides({}, values_of(found)),
        "waiting": found.changes.filter(state=ChangeState.PROPOSED).first(),
        "may_edit": found.state in (OfferState.DRAFT, OfferState.PUBLISHED),
    }
    return render(request, "partners/space/offer.html", context)


@requires(Permission.MANAGE_OWN_OFFERS)
@as_agent
def offer_edit(request: HttpRequest, admin: PartnerAgent, pk: int) -> HttpResponse:
    """What the offer says: a draft is saved at once, a published offer's change waits to be checked."""
    found = _found(admin, pk)
    form = OfferForm(request.POST or None, instance=found, partner=admin.partner)
    if request.method == "POST" and form.is_valid():
        said = {"values": form.values(), "version": form.cleaned_data["version"], "by": request.user}
        try:
            if found.state == OfferState.PUBLISHED:
                actions.propose_change(offer=found, **said)
                done = _("The change waits for somebody else to check it.")
            else:
                actions.save_draft(offer=found, **said)
                done = _("The offer is saved.")
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            return redirect("partner_space:offer", pk)
    return render(request, "partners/space/offer_edit.html", {"admin": admin, "form": form, "offer": found})


@requires(Permission.MANAGE_OWN_OFFERS)
@require_POST
@as_agent
def confirm(request: HttpRequest, admin: PartnerAgent, pk: int) -> HttpResponse:
    return _done(request, pk, actions.confirm_offer, _("Confirmed today."), offer=_found(admin, pk))


@requires(Permission.MANAGE_OWN_OFFERS)
@require_POST
@as_agent
def propose(request: HttpRequest, admin: PartnerAgent, pk: int) -> HttpResponse:
    words = _("The offer waits for somebody else to check it.")
    return _done(request, pk, actions.propose_offer, words, offer=_found(admin, pk))


@requires(Permission.MANAGE_OWN_OFFERS)
@require_POST
@as_agent
def reopen(request: HttpRequest, admin: PartnerAgent, pk: int) -> HttpResponse:
    return _done(request, pk, actions.reopen_offer, _("The offer is a draft again."), offer=_found(admin, pk))


@requires(Permission.MANAGE_OWN_OFFERS)
@require_POST
@as_agent
def withdraw(request: HttpRequest, admin: PartnerAgent, pk: int) -> HttpResponse:
    reason = request.POST.get("reason", "")[:500]
    words = _("The offer is withdrawn.")
    return _done(request, pk, actions.withdraw_offer, words, offer=_found(admin, pk), reason=reason)


@requires(Permission.MANAGE_OWN_OFFERS)
@require_POST
@as_agent
def change_withdraw(request: HttpRequest, admin: PartnerAgent, pk: int) -> HttpResponse:
    """Take a change back that nobody has decided on."""
    change = get_object_or_404(OfferChange.objects.filter(offer__partner=admin.partner), pk=pk)
    words = _("The change is taken back; the offer stays as it is.")
    return _done(request, change.offer_id, actions.withdraw_change, words, change=change)


def _done(request: HttpRequest, offer_id: int, action: Callable, words: str, **more) -> HttpResponse:
    try:
        action(by=request.user, **more)
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, words)
    return redirect("partner_space:offer", offer_id)


def _found(admin: PartnerAgent, pk: int) -> Offer:
    return get_object_or_404(Offer.objects.of_partner(admin.partner).with_list_columns(), pk=pk)
