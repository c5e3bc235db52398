"""The list of cards, one card with its history, and stopping it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from cards import actions
from cards.card_design.boxes import Side
from cards.enums import CardState
from cards.faces import PictureMissing
from cards.forms import CardFilterForm, StopForm
from cards.models import Card
from cards.preview import card_webp
from cards.search import outcome_of
from core.exceptions import ActionRefused
from core.models import AuditEvent
from core.permissions import requires
from core.roles import Permission

PAGE_SIZE = 25
HISTORY_SIZE = 50


@requires(Permission.VIEW_CARDS)
def card_list(request: HttpRequest) -> HttpResponse:
    """Search first, then filters; the address holds the whole state."""
    form = CardFilterForm(request.GET, user=request.user)
    cards = form.apply(Card.objects.visible_to(request.user).with_holder())
    page = Paginator(cards, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "chips": form.chips(request.GET),
        "can_make": request.user.can(Permission.MAKE_CARDS),
    }
    return render(request, "cards/list.html", context)


@requires(Permission.VIEW_CARDS)
def card(request: HttpRequest, pk: int) -> HttpResponse:
    """One card as it is printed, where it lies, and all that happened to it."""
    found = _found(request, pk)
    return _card_page(request, found, _stop_form(found))


@requires(Permission.REVOKE_CARD)
def stop_card(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop a card for good; from then on its code answers "revoked"."""
    found = _found(request, pk)
    form = _stop_form(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.stop_card(card=found, by=request.user, **form.cleaned_data)
        except ActionRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The card is stopped. Whoever checks it is told so from now on."))
        return redirect("cards:card", pk=pk)
    return _card_page(request, found, form, status=422 if form.is_bound else 200)


@requires(Permission.VIEW_CARDS)
def card_picture(request: HttpRequest, pk: int, side: str) -> HttpResponse:
    """One side of a card, drawn by what draws it for the printer."""
    return picture_response(_found(request, pk), side)


@requires(Permission.VIEW_OWN_FILE)
def own_card_picture(request: HttpRequest, side: str) -> HttpResponse:
    """One side of the reader's own card."""
    own = Card.objects.filter(registrant__user=request.user).live_first().first()
    if own is None:
        raise Http404
    return picture_response(own, side)


def picture_response(found: Card, side: str) -> HttpResponse:
    try:
        content = card_webp(found, Side(side))
    except (PictureMissing, ValueError) as error:
        raise Http404 from error
    return HttpResponse(content, content_type="image/webp", headers={"Cache-Control": "private, no-store"})


def _found(request: HttpRequest, pk: int) -> Card:
    cards = Card.objects.visible_to(request.user).with_holder().select_related("batch__created_by")
    return get_object_or_404(cards, pk=pk)


def _stop_form(found: Card, data=None) -> StopForm:
    return StopForm(data, region_id=found.registrant.region_id)


def _card_page(request: HttpRequest, found: Card, form: StopForm, status: int = 200) -> HttpResponse:
    history = (AuditEvent.objects.about(found) | AuditEvent.objects.about(found.batch))[:HISTORY_SIZE]
    may_stop = found.is_live and found.state != CardState.IN_BATCH
    context = {
        "card": found,
        "outcome": outcome_of(found),
        "hand_overs": found.hand_overs.select_related("handed_over_by", "undone_by"),
        "history": history,
        "form": form,
        "can_stop": may_stop and request.user.can(Permission.REVOKE_CARD),
        "can_see_register": request.user.can(Permission.VIEW_REGISTER),
    }
    return render(request, "cards/card.html", context, status=status)
