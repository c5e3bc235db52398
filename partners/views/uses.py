"""Recording at the counter that an offer was used, and taking it back on the same day."""

from allauth.core import ratelimit
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cards.models import Card
from core.exceptions import ActionRefused
from core.permissions import requires
from core.roles import Permission
from partners import actions, counter_forms
from partners.acting import as_agent
from partners.filters.space import UseFilterForm
from partners.models import Offer, OfferUse, PartnerAgent

PAGE_SIZE = 25


@requires(Permission.CHECK_BENEFITS)
@require_POST
@as_agent
def record(request: HttpRequest, agent: PartnerAgent) -> HttpResponse:
    """The holder of the card that was just checked was served."""
    shown = counter_forms.read(request.POST.get("shown", ""), request.user)
    if shown is None:
        messages.error(request, _("This check is too old. Check the card again."))
        return redirect("partners:agent")
    offer = _own_offer(agent, request.POST.get("offer", ""))
    card = get_object_or_404(Card.objects.select_related("registrant"), pk=shown.card_id)
    try:
        use = actions.record_use(
            offer=offer,
            registrant=card.registrant,
            branch=agent.branch,
            by=request.user,
            form_id=shown.form_id(offer),
        )
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("partners:agent")
    return redirect("partner_space:use", use.pk)


@requires(Permission.CHECK_BENEFITS)
@require_POST
@as_agent
def redeem(request: HttpRequest, agent: PartnerAgent) -> HttpResponse:
    """The voucher that was shown is used; the same code once more shows the same use."""
    if not ratelimit.consume(request, action="check_benefits"):
        messages.error(request, _("Too many checks in a short time. Wait a minute, then try again."))
        return redirect("partners:agent")
    try:
        redemption = actions.redeem_voucher(
            code=request.POST.get("code", ""), partner=agent.partner, branch=agent.branch, by=request.user
        )
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("partners:agent")
    if not OfferUse.objects.shown_to(agent).filter(pk=redemption.use.pk).exists():
        messages.error(request, _("This voucher was used already."))
        return redirect("partners:agent")
    if not redemption.is_new:
        messages.warning(request, _("This voucher was used already: this is its use."))
    return redirect("partner_space:use", redemption.use.pk)


@requires(Permission.CHECK_BENEFITS)
@require_safe
@as_agent
def use(request: HttpRequest, agent: PartnerAgent, pk: int) -> HttpResponse:
    """One recorded use: what a partner's books need, and no name."""
    found = _found(agent, pk)
    can_undo = OfferUse.objects.to_undo_by(agent).filter(pk=found.pk).exists()
    return render(request, "partners/space/use.html", {"use": found, "can_undo": can_undo})


@requires(Permission.CHECK_BENEFITS)
@require_POST
@as_agent
def undo(request: HttpRequest, agent: PartnerAgent, pk: int) -> HttpResponse:
    found = _found(agent, pk)
    try:
        actions.undo_use(use=found, reason=request.POST.get("reason", ""), agent=agent)
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The use is taken back: it does not count any more."))
    return redirect("partner_space:use", pk)


@requires(Permission.CHECK_BENEFITS)
@require_safe
@as_agent
def use_list(request: HttpRequest, agent: PartnerAgent) -> HttpResponse:
    """An agent's own uses of today; the administrator sees all that the partner's tills recorded."""
    form = UseFilterForm(request.GET, partner=agent.partner)
    uses = OfferUse.objects.shown_to(agent)
    if agent.manages_partner:
        uses = form.apply(uses)
    page = Paginator(uses.with_list_columns(), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "agent": agent,
        "form": form,
        "page": page,
        "chips": form.chips(request.GET) if agent.manages_partner else [],
    }
    return render(request, "partners/space/uses.html", context)


def _own_offer(agent: PartnerAgent, code: str) -> Offer:
    return get_object_or_404(Offer.objects.of_partner(agent.partner).with_list_columns(), code=code)


def _found(agent: PartnerAgent, pk: int) -> OfferUse:
    return get_object_or_404(OfferUse.objects.shown_to(agent).with_list_columns(), pk=pk)
